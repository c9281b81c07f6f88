import { tellInvariants } from "../operations/check-invariants.ts";

// `npm run check-invariants`
await tellInvariants();
