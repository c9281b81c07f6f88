import type { ConsentCellView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { t } from "../t.ts";
import { ASKED_KINDS, topicsOf, type TermsChoice } from "./terms.ts";
import styles from "./terms.module.css";

type MessagesTableProps = {
  readonly cells: readonly ConsentCellView[];
  readonly isBusy: boolean;
  readonly onChoose: (choices: readonly TermsChoice[]) => void;
};

/** Yes or no to each topic by each kind of channel; what is ticked holds everywhere at once. */
export function MessagesTable({ cells, isBusy, onChoose }: MessagesTableProps) {
  const isAnything = cells.some(({ state }) => state === "granted" || state === "pending");
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("shop.terms.about")}</th>
            {ASKED_KINDS.map((kind) => (
              <th key={kind} scope="col">
                {t(`shop.terms.kind.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {topicsOf(cells).map((row) => (
            <tr key={row.topic}>
              <th scope="row">
                {t(`shop.terms.topic.${row.topic}`)}
                {row.cells.some(({ state }) => state === "pending") ? <small>{t("shop.terms.pending")}</small> : null}
                {row.cells.some(({ isContested }) => isContested) ? <small>{t("shop.terms.contested")}</small> : null}
              </th>
              {row.cells.map((cell) => (
                <td key={cell.channelKind}>
                  <Tick cell={cell} isBusy={isBusy} onChoose={onChoose} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {isAnything ? (
        <div>
          <Button
            kind="quiet"
            busy={isBusy}
            onClick={() =>
              onChoose([
                { purpose: "marketing", state: "withdrawn" },
                { purpose: "research", state: "withdrawn" },
              ])
            }
          >
            {t("shop.terms.nothing")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Tick({ cell, isBusy, onChoose }: { readonly cell: ConsentCellView } & Omit<MessagesTableProps, "cells">) {
  const { purpose, topic, channelKind, state } = cell;
  const isYes = state === "granted" || state === "pending";
  return (
    <label className={styles.tick}>
      <input
        type="checkbox"
        checked={isYes}
        disabled={isBusy}
        aria-label={`${t(`shop.terms.topic.${topic}`)}, ${kindText(channelKind)}`}
        onChange={() => onChoose([{ purpose, topic, channelKind, state: isYes ? "withdrawn" : "granted" }])}
      />
    </label>
  );
}

/** The name of a kind that the shop asks about. */
function kindText(kind: ConsentCellView["channelKind"]): string {
  const asked = ASKED_KINDS.find((one) => one === kind);
  return asked ? t(`shop.terms.kind.${asked}`) : kind;
}
