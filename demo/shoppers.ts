import { parseArgs } from "node:util";
import { HubRefused } from "./src/shoppers/device.ts";
import { walk } from "./src/shoppers/walk.ts";

const USAGE = "npm run shoppers -- [--url http://127.0.0.1:4400] [--people 3] [--minutes 5] [--seed 1]";
const MOST_PEOPLE = 50;
const THINK_MS = 4000;

/** `npm run shoppers`: invented customers walk across the channels of a running demo. Exit code 2 for a wrong call, 1 where no demo answers. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: "string", default: "http://127.0.0.1:4400" },
      people: { type: "string", default: "3" },
      minutes: { type: "string", default: "5" },
      seed: { type: "string", default: "1" },
    },
  });
  const [people, minutes, seed] = [values.people, values.minutes, values.seed].map(Number);
  if (
    !people ||
    people > MOST_PEOPLE ||
    !minutes ||
    seed === undefined ||
    !Number.isSafeInteger(seed) ||
    !Number.isInteger(people) ||
    people < 0 ||
    minutes < 0
  ) {
    process.stderr.write(`${USAGE}, at most ${MOST_PEOPLE} people\n`);
    process.exitCode = 2;
    return;
  }
  let isStopped = false;
  process.once("SIGINT", () => (isStopped = true));
  const until = Date.now() + minutes * 60_000;
  const { walks, orders, takings, brokeOff } = await walk({
    hub: { baseUrl: values.url.replace(/\/+$/, ""), fetch },
    seed,
    people,
    thinkMs: THINK_MS,
    isOver: () => isStopped || Date.now() >= until,
    print: (line) => process.stdout.write(`${new Date().toISOString().slice(11, 19)}  ${line}\n`),
  });
  const broken = Object.entries(brokeOff).map(([code, count]) => `${count} × ${code}`);
  process.stdout.write(
    `\n${walks} walks, ${orders} orders, ${(takings / 100).toFixed(2)} EUR taken; broke off: ${broken.join(", ") || "none"}\n`,
  );
}

try {
  await main();
} catch (error) {
  if (!(error instanceof HubRefused)) throw error;
  process.stderr.write(`The shoppers found no demo there: ${error.message}\n`);
  process.exitCode = 1;
}
