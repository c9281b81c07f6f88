import type { IntentId } from "@weft/kernel";
import type { Running } from "../../platform/index.ts";
import type { ProviderAnswer } from "../payments/index.ts";
import type { createSandboxProvider } from "./sandbox-provider.ts";

const EVERY_MS = 1000;

/**
 * Tells the hub what the sandbox decided late, as a provider's webhook would. An answer that could not be taken is told again.
 * Runs beside the requests, once a second.
 */
export function startSandboxWebhooks(
  provider: ReturnType<typeof createSandboxProvider>,
  tell: (intentId: IntentId, answer: ProviderAnswer) => Promise<void>,
  onError: (error: unknown) => void,
): Running {
  let telling: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    telling = telling.then(tellAll).catch(onError);
  }, EVERY_MS);
  timer.unref();
  async function tellAll(): Promise<void> {
    for (const { intentId, answer } of await provider.lateAnswers()) {
      await tell(intentId, answer);
      await provider.told(intentId);
    }
  }
  return {
    async stop() {
      clearInterval(timer);
      await telling;
    },
  };
}
