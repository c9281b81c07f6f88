import type { CategoryView, ProductFacetsView } from "@weft/contracts/client";
import { formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { allergenName } from "@weft/ui/app/allergen-name.ts";
import { navigate, useAddress } from "../router/router.tsx";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { toggled } from "./narrowing.ts";
import styles from "./facet-chips.module.css";

type Props = { readonly facets: ProductFacetsView; readonly categories: readonly CategoryView[] };
type Chip = { readonly key: Parameters<typeof toggled>[1]; readonly value: string; readonly label: string; readonly count: number };

/** What the results could be narrowed down to, with how many remain: a tap narrows, the same tap takes it off again. */
export function FacetChips({ facets, categories }: Props) {
  const { search } = useAddress();
  const isOn = ({ key, value }: Chip): boolean => search.get(key) === value;
  const chips = chipsOf(facets, categories).filter((chip) => isOn(chip) || isUseful(chip, facets.found));
  if (chips.length === 0) return null;
  return (
    <section className={styles.facets} aria-label={t("shop.search.narrow")}>
      <ul>
        {chips.map(({ key, value, label, count }) => (
          <li key={`${key} ${value}`}>
            <button
              type="button"
              aria-pressed={search.get(key) === value}
              onClick={() => navigate(toggled(search, key, value), { replace: true })}
            >
              {label} <small>{formatNumber(count)}</small>
            </button>
          </li>
        ))}
      </ul>
      <p className="said" role="status">
        {t("shop.search.found", { count: facets.found })}
      </p>
    </section>
  );
}

/** A choice that leaves nothing, or all there is, narrows nothing down; of categories and prices another one may be taken instead. */
function isUseful({ key, count }: Chip, found: number): boolean {
  return count > 0 && (key === "category" || key === "price" || count < found);
}

function chipsOf(
  { inStock, categories: counted, prices, without, options }: ProductFacetsView,
  categories: readonly CategoryView[],
): Chip[] {
  const names = new Map(categories.map(({ id, name }) => [id, inLanguage(name)]));
  return [
    ...(inStock === null ? [] : [{ key: "stock" as const, value: "here", label: t("shop.search.here_now"), count: inStock }]),
    ...(counted.length < 2 ? [] : counted).flatMap(({ id, count }) => {
      const label = names.get(id);
      return label === undefined ? [] : [{ key: "category" as const, value: id, label, count }];
    }),
    ...prices.map(({ from, to, count, currency }) => ({
      key: "price" as const,
      value: `${from}-${to ?? ""}`,
      label: priceLabel(from, to, currency),
      count,
    })),
    ...without.map(({ allergen, count }) => ({
      key: "without" as const,
      value: allergen,
      label: t("shop.search.without", { allergen: allergenName(allergen) }),
      count,
    })),
    ...options.map(({ group, value, valueName, count }) => ({
      key: "option" as const,
      value: `${group}.${value}`,
      label: inLanguage(valueName),
      count,
    })),
  ];
}

function priceLabel(from: number, to: number | null, currency: string): string {
  const money = (amount: number): string => formatMoney({ amount, currency });
  if (to === null) return t("shop.search.price_from", { amount: money(from) });
  return from === 0
    ? t("shop.search.price_below", { amount: money(to) })
    : t("shop.search.price_between", { from: money(from), to: money(to) });
}
