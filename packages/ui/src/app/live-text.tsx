import { formatTime } from "../i18n/format.ts";
import type { LiveState } from "../live/state.ts";
import { t } from "../t.ts";

/** The state of the live stream in words. */
export function LiveText({ state }: { readonly state: LiveState }) {
  if (state.kind === "offline") return <>{t("ui.live.offline", { time: formatTime(new Date(state.since)) })}</>;
  return <>{t(`ui.live.${state.kind}`)}</>;
}
