// breaks: contracts-stand-on-the-kernel
export { kit } from "../../ui/src/kit/mantine-root.ts";
