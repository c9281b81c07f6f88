import { formatTime } from "../i18n/format.ts";
import type { LiveState } from "../live/state.ts";
import { t } from "../t.ts";

/** The state of the live stream in words; the time on the clock of a place, else the reader's own. */
export function LiveText({ state, timeZone }: { readonly state: LiveState; readonly timeZone?: string | undefined }) {
  if (state.kind === "offline") return <>{t("ui.live.offline", { time: formatTime(new Date(state.since), { timeZone }) })}</>;
  return <>{t(`ui.live.${state.kind}`)}</>;
}
