import { queryOptions, useQuery } from "@tanstack/react-query";
import type { OrderVersionView, OrderView } from "@weft/contracts/client";
import type { ComponentType, ReactNode } from "react";
import { formatDateTime, formatMoney } from "../i18n/format.ts";
import { t } from "../t.ts";
import type { ChangeOrderProps } from "./change-order.tsx";
import styles from "./change-order.module.css";

type VersionsProps = Pick<ChangeOrderProps, "api" | "order" | "textOf" | "headers"> & {
  /** Draws the list with its title; only when there is something to show. */
  readonly frame: ComponentType<{ readonly title: string; readonly children: ReactNode }>;
};

/** The versions of an order; asked again with each of them. */
const versionsQuery = ({ api, order, headers }: Pick<VersionsProps, "api" | "order" | "headers">) =>
  queryOptions({
    queryKey: ["order", order.id, "versions", order.version],
    queryFn: ({ signal }) => api.ask("orders.changes", { params: { id: order.id }, signal, ...(headers && { headers }) }),
  });

/** Who changed what of an order, when, where and why; the newest first. */
export function OrderVersions({ frame: Frame, textOf, order, ...asked }: VersionsProps) {
  const versions = useQuery(versionsQuery({ ...asked, order })).data?.items ?? [];
  if (versions.length === 0) return null;
  return (
    <Frame title={t("ui.change.versions")}>
      <ul className={styles.versions}>
        {[...versions].reverse().map((version) => (
          <li key={version.id}>
            <div>
              {version.actions.map((action) => (
                <div key={`${action.kind} ${action.orderLineId}`}>{actionText(action, order, textOf)}</div>
              ))}
            </div>
            <small>
              {[
                formatDateTime(version.at, { timeZone: order.timeZone }),
                version.by === "staff" ? version.staffName : t("ui.change.by_customer"),
                version.placeName,
                version.reason,
              ]
                .filter(Boolean)
                .join(" · ")}
            </small>
          </li>
        ))}
      </ul>
    </Frame>
  );
}

function actionText(
  { kind, orderLineId, quantity, total }: OrderVersionView["actions"][number],
  { lines }: OrderView,
  textOf: VersionsProps["textOf"],
): string {
  if (kind !== "add_line" && kind !== "remove_units") return t(`ui.change.did.${kind}`);
  const name = lines.find(({ id }) => id === orderLineId)?.name;
  const what = { count: quantity ?? 0, name: name ? textOf(name) : "", amount: total ? formatMoney(total) : "" };
  return t(`ui.change.did.${kind}`, what);
}
