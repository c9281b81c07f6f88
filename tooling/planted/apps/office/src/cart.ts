// breaks: app-never-imports-app
export { shared } from "../../till/src/shared.ts";
