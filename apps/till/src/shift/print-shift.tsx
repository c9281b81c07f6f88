import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ShiftView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { stateQuery } from "../device/session.ts";
import { useTill } from "../device/till-context.ts";
import { cashSlipRows, reportRows, type MovedCash } from "../print/shift-rows.ts";
import { ownJournal } from "../outbox/register-outbox.ts";
import { usePrinter, useSlipPrinter } from "../print/use-print.ts";
import { t } from "../t.ts";

/** What every slip says of where it comes from. */
function useSlipFacts() {
  const { register, timeZone } = useTill();
  return { placeName: register.placeName, registerName: register.name, training: register.training, timeZone };
}

/** Where the journal that this till signs stands now; nothing where it signs none. */
const perpetualOf = async (registerId: string) => (await ownJournal(registerId))?.book?.perpetual;

/** The Z of a shift that was just closed: on the printer of this till, else the page as the system prints it. */
export function PrintReport({ shift }: { readonly shift: ShiftView }) {
  const setup = usePrinter();
  const slip = useSlipPrinter();
  const facts = useSlipFacts();
  const onPaper = async (): Promise<void> => {
    const now = new Date().toISOString();
    const perpetual = await perpetualOf(shift.registerId);
    await slip(t("till.slip.z"), reportRows(shift, { ...facts, now, perpetual }, t));
  };
  return <Button onClick={() => (setup ? void onPaper() : print())}>{t("till.shift.print")}</Button>;
}

/** The X of the open shift, as the hub knows it now or else as this till does. Nothing where this till has no printer of its own. */
export function PrintInterim() {
  const { shift, register } = useTill();
  const queries = useQueryClient();
  const setup = usePrinter();
  const slip = useSlipPrinter();
  const facts = useSlipFacts();
  const [isBusy, setBusy] = useState(false);
  const onPaper = async (): Promise<void> => {
    setBusy(true);
    const state = await queries.fetchQuery({ ...stateQuery(register.id), staleTime: 0 }).catch(() => undefined);
    const [now, perpetual] = [new Date().toISOString(), await perpetualOf(register.id)];
    await slip(t("till.slip.x"), reportRows(state?.shift ?? shift, { ...facts, now, perpetual }, t)).finally(() => setBusy(false));
  };
  if (!setup) return null;
  return (
    <Button wide busy={isBusy} onClick={() => void onPaper()}>
      {t("till.slip.print_x")}
    </Button>
  );
}

/** What was just put in or taken out, on paper for who has to sign it. */
export function PrintCashSlip({ move }: { readonly move: MovedCash }) {
  const { staff } = useTill();
  const setup = usePrinter();
  const slip = useSlipPrinter();
  const facts = useSlipFacts();
  if (!setup) return null;
  const onPaper = (): void => void slip(t(`till.shift.${move.direction}`), cashSlipRows(move, { ...facts, staffName: staff.name }, t));
  return (
    <Button kind="quiet" onClick={onPaper}>
      {t("till.slip.print")}
    </Button>
  );
}
