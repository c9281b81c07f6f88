import { ok } from "@weft/kernel";
import { read, write, type Route } from "../http/route.ts";
import { DEAD_LETTER_PROBLEMS, discardDeadLetter, listDeadLetters, replayDeadLetter } from "./dead-letter-commands.ts";

/** The office's screen of failed events. */
export const deadLetterRoutes: readonly Route[] = [
  read("deadLetters.list", async (ctx, { query }) => ok(await listDeadLetters(ctx, query)), { problems: DEAD_LETTER_PROBLEMS }),
  write("deadLetters.replay", (ctx, { params }) => replayDeadLetter(ctx, params.id), { problems: DEAD_LETTER_PROBLEMS }),
  write("deadLetters.discard", (ctx, { params }) => discardDeadLetter(ctx, params.id), { problems: DEAD_LETTER_PROBLEMS }),
];
