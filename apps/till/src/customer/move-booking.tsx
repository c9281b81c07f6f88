import { useMutation, useQuery } from "@tanstack/react-query";
import type { BookingView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { openingsQuery } from "./openings.ts";

type Props = { readonly booking: BookingView; readonly onMoved: () => Promise<unknown> };

/** Another time for what is booked, at the same store; what was paid stays as it is. */
export function MoveBooking({ booking, onMoved }: Props) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{t("till.bookings.move")}</Button>;
  return <Times booking={booking} onMoved={onMoved} onClose={() => setOpen(false)} />;
}

function Times({ booking: { id, serviceId, placeId }, onMoved, onClose }: Props & { readonly onClose: () => void }) {
  const [wanted, setWanted] = useState("");
  const openings = useQuery(openingsQuery(placeId, serviceId)).data;
  const times = openings?.items ?? [];
  const startsAt = times.find((one) => one.startsAt === wanted)?.startsAt ?? times[0]?.startsAt;
  const move = useMutation({
    mutationFn: () => api.ask("bookings.move", { params: { id }, body: { startsAt: startsAt ?? "" } }),
    onSuccess: async () => {
      onClose();
      showToast(t("till.bookings.moved"));
      await onMoved();
    },
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <>
      <SelectField label={t("till.bookings.new_time")} value={startsAt ?? ""} onChoose={setWanted}>
        {times.map((one) => (
          <option key={one.startsAt} value={one.startsAt}>
            {formatDateTime(one.startsAt, { timeZone: openings?.timeZone })}
          </option>
        ))}
      </SelectField>
      <Button kind="primary" disabled={startsAt === undefined} busy={move.isPending} onClick={() => move.mutate()}>
        {t("till.bookings.move_now")}
      </Button>
    </>
  );
}
