import { compliancePack } from "../operations/compliance-pack.ts";
import { tellFailure } from "../operations/tell-failure.ts";

await compliancePack(process.argv.slice(2)).catch(tellFailure);
