// breaks: a-domain-stands-on-domains
export { database } from "../../platform/database.ts";
