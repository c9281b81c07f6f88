import { migrationFolders } from "../modules.ts";
import { restore } from "../operations/restore.ts";
import { tellFailure } from "../operations/tell-failure.ts";

await restore(process.argv.slice(2), migrationFolders()).catch(tellFailure);
