// breaks: modules-are-wired-in-main
export { main } from "../../main.ts";
