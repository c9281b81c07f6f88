import { useMutation, useQuery } from "@tanstack/react-query";
import type { StoreView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { t } from "../t.ts";
import styles from "./stations.module.css";

type Choice = { readonly minutes: number; readonly waitMinutes: number | null };

/** What is said in a rush: nothing ahead for a while, or everything so much later for an hour. */
const CHOICES: readonly Choice[] = [
  { minutes: 15, waitMinutes: null },
  { minutes: 30, waitMinutes: null },
  { minutes: 60, waitMinutes: 10 },
  { minutes: 60, waitMinutes: 20 },
];

/** How the store prepares for those who order ahead, and the one tap that changes it; it ends by itself. */
export function Pace({ placeId, timeZone }: { readonly placeId: string; readonly timeZone: string }) {
  useLive(`store/${placeId}`);
  const [isOpen, setIsOpen] = useState(false);
  const store = useQuery({
    // Below the store's subject, so that a word from the office is heard here.
    queryKey: ["store", placeId, "pace"],
    queryFn: ({ signal }) => api.ask("stores.read", { params: { id: placeId }, signal }),
    refetchInterval: 60_000,
  });
  const say = useMutation({
    mutationFn: async (choice: Choice | null): Promise<StoreView["pace"]> => {
      if (choice !== null) return api.ask("pace.set", { params: { id: placeId }, body: choice });
      await api.ask("pace.end", { params: { id: placeId } });
      return null;
    },
    // The hub's memory follows some milliseconds later; its live word asks again then.
    onSuccess: (pace) => void api.queries.setQueryData<StoreView>(["store", placeId, "pace"], (known) => known && { ...known, pace }),
    onSettled: () => setIsOpen(false),
  });
  const pace = store.data?.pace ?? null;
  if (pace !== null)
    return (
      <button type="button" className={styles.paced} disabled={say.isPending} onClick={() => say.mutate(null)}>
        {t(pace.isAway || pace.waitMinutes === null ? "board.pace.paused" : "board.pace.slowed", {
          minutes: pace.waitMinutes ?? 0,
          time: formatTime(pace.until, { timeZone }),
        })}
      </button>
    );
  if (!isOpen)
    return (
      <button type="button" aria-expanded={false} onClick={() => setIsOpen(true)}>
        {t("board.pace.open")}
      </button>
    );
  return (
    <>
      {CHOICES.map((choice) => (
        <button key={`${choice.minutes} ${choice.waitMinutes}`} type="button" disabled={say.isPending} onClick={() => say.mutate(choice)}>
          {choice.waitMinutes === null
            ? t("board.pace.pause", { minutes: choice.minutes })
            : t("board.pace.slow", { minutes: choice.waitMinutes })}
        </button>
      ))}
      <button type="button" onClick={() => setIsOpen(false)}>
        {t("board.pace.no")}
      </button>
    </>
  );
}
