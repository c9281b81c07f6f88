import { useQuery } from "@tanstack/react-query";
import type { LevelPreviewView, LinkLevel } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import type { ReactNode } from "react";
import { api } from "../api.ts";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { t } from "../t.ts";

type PreviewProps = { readonly channelId: string; readonly level: LinkLevel; readonly children: ReactNode };

/** What another level would change, counted by the hub over all modules; what switches it stands below, once the counts are there. */
export function LevelPreview({ channelId, level, children }: PreviewProps) {
  const preview = useQuery({
    queryKey: ["channels", channelId, "level-preview", level],
    queryFn: ({ signal }) => api.ask("channels.previewLevel", { params: { id: channelId }, query: { level }, signal }),
  });
  if (preview.isPending)
    return (
      <p className={form.quiet} role="status">
        {t("office.channels.level_counting")}
      </p>
    );
  if (preview.isError) return <ProblemNote error={preview.error} onRetry={preview.refetch} />;
  return (
    <section className={form.form} aria-label={t("office.channels.level_preview")}>
      <strong>{t(`office.channels.level_effect.${preview.data.effect}`, { count: preview.data.peopleFoundTwice })}</strong>
      {preview.data.effect === "none" ? null : <Counts preview={preview.data} />}
      <p className={form.quiet}>{t("office.channels.level_rights")}</p>
      {children}
    </section>
  );
}

function Counts({ preview }: { readonly preview: LevelPreviewView }) {
  const { samples } = preview;
  return (
    <>
      <Facts>
        <Fact label={t("office.channels.level_pairs")}>{formatNumber(preview.pairsToReview)}</Fact>
        <Fact label={t("office.channels.level_carts")}>{formatNumber(preview.cartsGoingOn)}</Fact>
        <Fact label={t("office.channels.level_balances")}>
          {t("office.channels.level_points", { count: preview.balancesAddingUp, points: formatNumber(preview.pointsAddingUp) })}
        </Fact>
        <Fact label={t("office.channels.level_apart")}>{apartText(preview)}</Fact>
        <Fact label={t("office.channels.level_unknown")}>
          {preview.peopleWithoutNotice === 0 ? null : formatNumber(preview.peopleWithoutNotice)}
        </Fact>
        <Fact label={t("office.channels.level_opt_outs")}>{formatNumber(preview.optOutsSpreading)}</Fact>
      </Facts>
      {samples.length === 0 ? null : (
        <ul className={form.rows} aria-label={t("office.channels.level_samples")}>
          {samples.map(({ customerId, name, channelIds, points }) => (
            <li key={customerId}>
              <span className={form.grow}>{name ?? t("office.channels.level_somebody")}</span>
              <small>{t("office.channels.level_sample", { channels: channelIds.length, points: formatNumber(points) })}</small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Who of them is not joined all the same, and why; nothing when all are. */
function apartText({ peopleToInform, peopleInformed, peopleObjecting }: LevelPreviewView): string | null {
  if (peopleToInform + peopleInformed + peopleObjecting === 0) return null;
  return t("office.channels.level_apart_say", {
    toInform: formatNumber(peopleToInform),
    informed: formatNumber(peopleInformed),
    objecting: formatNumber(peopleObjecting),
  });
}
