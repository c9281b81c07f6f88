// breaks: events-stand-on-the-kernel
export { database } from "../../platform/database.ts";
