import { backup } from "../operations/backup.ts";
import { tellFailure } from "../operations/tell-failure.ts";

await backup(process.argv.slice(2)).catch(tellFailure);
