// breaks: packages-know-nobody-above
export { shared } from "../../../apps/till/src/shared.ts";
