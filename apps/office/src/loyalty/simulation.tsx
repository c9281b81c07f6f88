import type { LoyaltySimulationView, TierTermsView } from "@weft/contracts/client";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Figure } from "@weft/ui/kit/app-frame.tsx";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./loyalty.module.css";

type Props = { readonly result: LoyaltySimulationView; readonly tiers: TierTermsView["tiers"] };

/** What the draft would have given for real sales, beside what the version in force gives for the same ones. */
export function Simulation({ result, tiers }: Props) {
  const { now, draft, byPlace, byTier, byBonus } = result;
  const tierName = (code: string | null): string => {
    const tier = tiers.find((one) => one.code === code);
    return tier ? inLanguage(tier.name) : (code ?? t("office.loyalty.no_tier"));
  };
  return (
    <section aria-label={t("office.loyalty.simulation")} className={styles.simulation}>
      <p className={styles.quiet}>
        {t(result.isAll ? "office.loyalty.simulated" : "office.loyalty.simulated_newest", {
          sales: formatNumber(result.sales),
          members: formatNumber(result.members),
          days: formatNumber(result.days),
        })}
      </p>
      <div className={styles.figures}>
        <Figure label={t("office.loyalty.sim_now")} value={formatNumber(now.points)} {...(now.cost && { note: costText(now.cost) })} />
        <Figure
          label={t("office.loyalty.sim_draft")}
          value={formatNumber(draft.points)}
          {...(draft.cost && { note: costText(draft.cost) })}
        />
        <Figure label={t("office.loyalty.sim_more")} value={formatNumber(draft.points - now.points, { signDisplay: "exceptZero" })} />
      </div>
      {byBonus.length > 0 ? (
        <Table
          head={[t("office.loyalty.bonuses"), t("office.loyalty.sim_sales"), t("office.loyalty.points")]}
          rows={byBonus.map(({ id, name, sales, points }) => ({ key: id, name: inLanguage(name), numbers: [sales, points] }))}
        />
      ) : null}
      <Table
        head={[t("office.loyalty.sim_store"), t("office.loyalty.sim_sales"), t("office.loyalty.sim_now"), t("office.loyalty.sim_draft")]}
        rows={byPlace.map((one) => ({
          key: one.placeId ?? "",
          name: one.name ?? t("office.loyalty.no_store"),
          numbers: [one.sales, one.now, one.draft],
        }))}
      />
      {tiers.length > 0 ? (
        <Table
          head={[t("office.loyalty.tiers"), t("office.loyalty.sim_sales"), t("office.loyalty.sim_now"), t("office.loyalty.sim_draft")]}
          rows={byTier.map((one) => ({ key: one.tier ?? "", name: tierName(one.tier), numbers: [one.sales, one.now, one.draft] }))}
        />
      ) : null}
    </section>
  );
}

const costText = (cost: NonNullable<LoyaltySimulationView["now"]["cost"]>): string =>
  t("office.loyalty.sim_cost", { amount: formatMoney(cost) });

type TableProps = {
  readonly head: readonly string[];
  readonly rows: readonly { readonly key: string; readonly name: string; readonly numbers: readonly number[] }[];
};

function Table({ head, rows }: TableProps) {
  return (
    <div className={styles.scroll}>
      <table className={styles.books}>
        <thead>
          <tr>
            {head.map((label) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, numbers }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {numbers.map((number, index) => (
                // The columns do not change places.
                <td key={head[index + 1]}>{formatNumber(number)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
