// breaks: the-kernel-stands-alone
export { kernel } from "../../contracts/src/index.ts";
