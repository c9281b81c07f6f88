import { Link } from "@tanstack/react-router";
import type { ContinuityPairView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { ChannelIcon, channelName } from "@weft/ui/kit/channel-icon.tsx";
import { wordOf } from "../common/text.ts";
import { t } from "../t.ts";
import { formatPercent, kindsOf, pairKey, pairOf, toneOf } from "./cells.ts";
import styles from "./continuity.module.css";

type MatrixProps = {
  readonly pairs: readonly ContinuityPairView[];
  readonly search: { readonly days?: string | undefined };
  readonly open: string | undefined;
};

/** From the channel of the line to that of the column. Color and word say the level, so that nobody needs the color. */
export function ContinuityMatrix({ pairs, search, open }: MatrixProps) {
  const kinds = kindsOf(pairs);
  return (
    <div className={styles.scroll}>
      <table className={styles.matrix} aria-label={t("office.continuity.matrix")}>
        <thead>
          <tr>
            <th scope="col">{t("office.continuity.from_to")}</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                <ChannelIcon kind={kind} named size={16} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {kinds.map((from) => (
            <tr key={from}>
              <th scope="row">
                <ChannelIcon kind={from} named size={16} />
              </th>
              {kinds.map((to) => (
                <td key={to}>
                  <Cell pair={pairOf(pairs, from, to)} search={search} open={open} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ pair, search, open }: { readonly pair: ContinuityPairView | null } & Pick<MatrixProps, "search" | "open">) {
  if (!pair) return <span className={styles.empty}>·</span>;
  const key = pairKey(pair);
  const tone = toneOf(pair);
  const share = pair.share ? formatPercent(pair.share.share) : "–";
  const level = wordOf(`office.continuity.level.${tone}`, tone);
  const said = { from: channelName(pair.from.channelKind), to: channelName(pair.to.channelKind), share, level, count: pair.seams };
  return (
    <Link to="/insights/continuity" search={{ ...search, open: key }} className={styles.cell} data-tone={tone} aria-current={key === open}>
      <span className="said">{t("office.continuity.cell", said)}</span>
      <strong aria-hidden>{share}</strong>
      <span aria-hidden>{level}</span>
      <span aria-hidden>n = {formatNumber(pair.seams)}</span>
    </Link>
  );
}
