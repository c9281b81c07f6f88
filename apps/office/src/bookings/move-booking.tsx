import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { BookingView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { BOOKINGS_KEY, openingsQuery } from "./queries.ts";

/** Another time for what is booked, at the same store: said on the phone, or because its adviser is not there. What was paid stays as it is. */
export function MoveBooking({
  booking: { id, serviceId, placeId },
  customerId,
}: {
  readonly booking: BookingView;
  readonly customerId: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const [wanted, setWanted] = useState("");
  const openings = useQuery({ ...openingsQuery(serviceId, placeId), enabled: isOpen }).data;
  const times = openings?.items ?? [];
  const startsAt = times.find((one) => one.startsAt === wanted)?.startsAt ?? times[0]?.startsAt;
  const move = useAct(
    () => api.ask("bookings.move", { params: { id }, body: { startsAt: startsAt ?? "" } }),
    [["customer", customerId], ["openings"], BOOKINGS_KEY],
  );
  if (!isOpen)
    return (
      <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
        {t("office.bookings.move")}
      </Button>
    );
  const done = (): void => {
    setOpen(false);
    showToast(t("office.bookings.moved"));
  };
  return (
    <form
      className={form.row}
      onSubmit={(event) => {
        event.preventDefault();
        move.mutate(undefined, { onSuccess: done });
      }}
    >
      <NativeSelect
        label={t("office.bookings.new_time")}
        value={startsAt ?? ""}
        data={times.map((one) => ({ value: one.startsAt, label: formatDateTime(one.startsAt, { timeZone: openings?.timeZone }) }))}
        onChange={({ currentTarget }) => setWanted(currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={move.isPending} disabled={startsAt === undefined}>
        {t("office.bookings.move_now")}
      </Button>
    </form>
  );
}
