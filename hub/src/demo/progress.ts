/** A progress bar where a person watches, a line per step where a file is written. */
export type Progress = {
  step(name: string): void;
  /** `made` things of the present step are loaded; `share` of the step is done, from 0 to 1, where that is known. */
  count(made: number, share?: number): void;
  done(): void;
};

type Output = { readonly isTTY?: boolean; write(text: string): unknown };

/** Where nobody watches, a long step says this often how far it is. */
const LINE_MS = 10_000;

/** `, 410 a second, 95 s left`, once there is something to reckon by. */
function paceOf(made: number, share: number | undefined, seconds: number): string {
  if (seconds < 1) return "";
  const left = share === undefined || share === 0 ? "" : `, ${Math.ceil((seconds * (1 - share)) / share)} s left`;
  return `, ${Math.round(made / seconds).toLocaleString("en")} a second${left}`;
}

export function showProgress(output: Output, steps: number): Progress {
  const started = performance.now();
  let at = 0;
  let name = "";
  let stepStarted = started;
  let told = started;
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const bar = (text: string) => {
    if (output.isTTY) output.write(`\r\u001B[2K  Loading the demo chain [${"#".repeat(at).padEnd(steps, "·")}] ${text}`);
  };
  return {
    step(next) {
      at += 1;
      name = next;
      stepStarted = told = performance.now();
      if (output.isTTY) bar(name);
      else output.write(`  Loading the demo chain ${at}/${steps}: ${name}\n`);
    },
    count(made, share) {
      const now = performance.now();
      const text = `${name}: ${made.toLocaleString("en")}${paceOf(made, share, (now - stepStarted) / 1000)}`;
      bar(text);
      if (output.isTTY || now - told < LINE_MS) return;
      told = now;
      output.write(`  Loading the demo chain ${at}/${steps}: ${text}\n`);
    },
    done() {
      if (output.isTTY) output.write("\r\u001B[2K");
      output.write(`  The demo chain is loaded (${seconds()} s)\n`);
    },
  };
}
