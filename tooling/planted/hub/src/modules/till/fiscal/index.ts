// breaks: the-fiscal-journal-stands-alone
export { rule } from "../../stock/domain.ts";
