// breaks: contracts-stand-on-the-kernel
export { kit } from "../../ui/src/kit/money-text.ts";
