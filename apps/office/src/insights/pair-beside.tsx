import type { ContinuityFacetView, ContinuityPairView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { Beside, Part } from "../common/beside.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { formatPercent, toneOf } from "./cells.ts";
import styles from "./continuity.module.css";

/** One pair of channels: each facet with what came along, what did not, and why. */
export function PairBeside({ pair, onClose }: { readonly pair: ContinuityPairView; readonly onClose: () => void }) {
  const tone = toneOf(pair);
  const title = (
    <span className={styles.title}>
      <ChannelIcon kind={pair.from.channelKind} named size={18} />
      <span aria-hidden>→</span>
      <ChannelIcon kind={pair.to.channelKind} named size={18} />
    </span>
  );
  return (
    <Beside title={title} onClose={onClose}>
      <Facts>
        <Fact label={t("office.continuity.seams")}>{formatNumber(pair.seams)}</Fact>
        <Fact label={t("office.continuity.carried")}>{pair.share ? formatPercent(pair.share.share) : null}</Fact>
        <Fact label={t("office.continuity.weighted")}>{formatPercent(pair.score)}</Fact>
        <Fact label={t("office.continuity.level_label")}>{wordOf(`office.continuity.level.${tone}`, tone)}</Fact>
      </Facts>
      <Part title={t("office.continuity.facets")}>
        <ul className={styles.facets}>
          {pair.facets.map((facet) => (
            <FacetRow key={facet.facet} facet={facet} />
          ))}
        </ul>
      </Part>
    </Beside>
  );
}

function FacetRow({ facet: { facet, carried, lost, share, reasons } }: { readonly facet: ContinuityFacetView }) {
  const name = wordOf(`office.continuity.facet.${facet}`, facet);
  if (!share)
    return (
      <li className={styles.facet}>
        <span>{name}</span>
        <span className={styles.label}>{t("office.continuity.not_applicable")}</span>
      </li>
    );
  const between = t("office.continuity.between", { low: formatPercent(share.low), high: formatPercent(share.high) });
  return (
    <li className={styles.facet}>
      <span>{name}</span>
      <span className={styles.figure}>{formatPercent(share.share)}</span>
      <meter className={styles.meter} min={0} max={1} value={share.share} aria-label={name} />
      <span className={styles.label}>{t("office.continuity.of", { carried, all: carried + lost, between })}</span>
      {reasons.map(({ because, count }) => (
        <span key={because} className={styles.reason}>
          {wordOf(`office.continuity.lost.${because}`, because)} <strong>{formatNumber(count)}</strong>
        </span>
      ))}
    </li>
  );
}
