import type { ImportRunView } from "@weft/contracts/client";
import { Badge, type Tone } from "@weft/ui/shop/badge.tsx";
import { t } from "../t.ts";

const TONES: Readonly<Record<ImportRunView["state"], Tone>> = {
  waiting: "info",
  running: "accent",
  done: "good",
  stopped: "plain",
  failed: "bad",
};

/** How far an import is, in a word. */
export function StateBadge({ state }: { readonly state: ImportRunView["state"] }) {
  return <Badge tone={TONES[state]}>{t(`office.import.state.${state}`)}</Badge>;
}
