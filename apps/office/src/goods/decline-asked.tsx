import { Button, TextInput } from "@mantine/core";
import type { StockAskedLineView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { t } from "../t.ts";
import { GOODS_TOUCHED } from "./queries.ts";

type DeclineAskedProps = {
  readonly way: Pick<StockAskedLineView, "fromPlaceId" | "placeId">;
  readonly lines: readonly StockAskedLineView[];
};

/** Says that a place does not send what customers have bought, and why: what is missing where they fetch it becomes a conflict there. */
export function DeclineAsked({ way: { fromPlaceId, placeId }, lines }: DeclineAskedProps) {
  const [reason, setReason] = useState("");
  // A key per refusal: pressed twice it is one.
  const [key, setKey] = useState(newKey);
  const decline = useAct(async () => {
    const body = { fromPlaceId, placeId, orderLineIds: lines.map(({ orderLineId }) => orderLineId), reason: reason.trim() };
    const { units } = await api.ask("stock.declineAsked", { body, headers: keyHeader(key) });
    showToast(t("office.goods.asked_declined", { count: units }));
  }, [...GOODS_TOUCHED, ["tasks"], ["conflicts"]]);
  return (
    <>
      <TextInput
        label={t("office.goods.asked_why")}
        description={t("office.goods.asked_why_hint")}
        value={reason}
        maxLength={300}
        onChange={({ target }) => setReason(target.value)}
      />
      <Button
        variant="default"
        disabled={reason.trim().length < 3}
        loading={decline.isPending}
        onClick={() => decline.mutate(undefined, { onSettled: () => setKey(newKey()) })}
      >
        {t("office.goods.asked_decline")}
      </Button>
    </>
  );
}
