import { archive } from "../operations/archive.ts";
import { tellFailure } from "../operations/tell-failure.ts";

await archive(process.argv.slice(2)).catch(tellFailure);
