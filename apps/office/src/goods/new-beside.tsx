import { Button, NativeSelect, TextInput } from "@mantine/core";
import { WASTE_REASONS } from "@weft/contracts/client";
import type { StockDocumentView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { useOwnPlaceOptions, usePlaceOptions } from "../common/places.ts";
import { t } from "../t.ts";
import { unitsOf, type DraftLine } from "./lines-draft.ts";
import { LinesEditor } from "./lines-editor.tsx";

type Kind = StockDocumentView["kind"];
type WasteReason = (typeof WASTE_REASONS)[number];

/** What is filled in of whichever kind: each takes of it what is its own. */
type Draft = {
  readonly place: string;
  readonly from: string;
  readonly partner: string;
  /** Of a transfer: when it is there, `YYYY-MM-DD`; empty: nobody says. */
  readonly expected: string;
  readonly reason: WasteReason;
  readonly note: string;
  readonly lines: readonly DraftLine[];
};

type NewBesideProps = { readonly kind: Kind; readonly onClose: () => void; readonly onMade: (id: string) => void };

/** A delivery, waste, transfer or count that is about to be written. */
export function NewBeside({ kind, onClose, onMade }: NewBesideProps) {
  const own = useOwnPlaceOptions();
  const all = usePlaceOptions();
  // One key for one filled-in form: pressed twice it is booked once.
  const [key, setKey] = useState(newKey);
  const [draft, setDraft] = useState<Draft>({ place: "", from: "", partner: "", expected: "", reason: "out_of_date", note: "", lines: [] });
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const isTransfer = kind === "transfer";
  const place = draft.place || (isTransfer ? "" : (own[0]?.value ?? ""));
  const from = draft.from || (own[0]?.value ?? "");
  const make = useAct((filled: Draft) => send(kind, filled, key), [["goods"], ["stock"], ["day"]]);
  const isReady = place !== "" && (kind === "count" || draft.lines.length > 0) && !(isTransfer && from === place);
  return (
    <Beside title={t(`office.goods.new_${kind}`)} onClose={onClose}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!isReady) return;
          make.mutate(
            { ...draft, place, from },
            {
              onSuccess: ({ id, number }) => {
                showToast(t(`office.goods.made_${kind}`, { number }));
                onMade(id);
              },
              onSettled: () => setKey(newKey()),
            },
          );
        }}
      >
        {isTransfer ? (
          <NativeSelect
            label={t("office.goods.from")}
            data={own}
            value={from}
            onChange={({ currentTarget }) => change({ from: currentTarget.value })}
          />
        ) : null}
        <NativeSelect
          label={isTransfer ? t("office.goods.to") : t("office.orders.place")}
          data={isTransfer ? [{ value: "", label: "" }, ...all.filter(({ value }) => value !== from)] : own}
          value={place}
          onChange={({ currentTarget }) => change({ place: currentTarget.value })}
        />
        {kind === "delivery" ? (
          <TextInput
            label={t("office.goods.partner")}
            maxLength={120}
            value={draft.partner}
            onChange={({ currentTarget }) => change({ partner: currentTarget.value })}
          />
        ) : null}
        {kind === "waste" ? (
          <NativeSelect
            label={t("office.goods.why")}
            data={WASTE_REASONS.map((value) => ({ value, label: t(`office.goods.reason.${value}`) }))}
            value={draft.reason}
            onChange={({ currentTarget }) => change({ reason: WASTE_REASONS.find((known) => known === currentTarget.value) ?? "other" })}
          />
        ) : null}
        {isTransfer ? (
          <TextInput
            type="date"
            label={t("office.goods.expected")}
            value={draft.expected}
            onChange={({ currentTarget }) => change({ expected: currentTarget.value })}
          />
        ) : null}
        <TextInput
          label={t("office.goods.note")}
          maxLength={300}
          value={draft.note}
          onChange={({ currentTarget }) => change({ note: currentTarget.value })}
        />
        {kind === "count" ? null : <LinesEditor lines={draft.lines} onChange={(lines) => change({ lines })} />}
        <Button type="submit" disabled={!isReady} loading={make.isPending}>
          {t(`office.goods.make_${kind}`)}
        </Button>
      </form>
    </Beside>
  );
}

function send(kind: Kind, { place, from, partner, reason, note, expected, lines }: Draft, key: string): Promise<StockDocumentView> {
  const headers = keyHeader(key);
  const said = { note: note.trim() === "" ? null : note.trim(), lines: unitsOf(lines) };
  if (kind === "delivery") {
    const body = { ...said, placeId: place, partner: partner.trim() === "" ? null : partner.trim() };
    return api.ask("stock.receiveDelivery", { body, headers });
  }
  if (kind === "waste") return api.ask("stock.wasteGoods", { body: { ...said, placeId: place, reason }, headers });
  if (kind === "transfer")
    return api.ask("stock.dispatchTransfer", {
      body: { ...said, placeId: place, fromPlaceId: from, expectedOn: expected || null },
      headers,
    });
  return api.ask("stock.startCount", { body: { placeId: place, note: said.note }, headers });
}
