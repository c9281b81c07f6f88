import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { SessionView } from "@weft/contracts/client";
import { stateQuery } from "../device/session.ts";
import { onJournal, ownJournal } from "../outbox/register-outbox.ts";
import { signHere } from "./sign-here.ts";

const ownQuery = (registerId: string) =>
  queryOptions({
    queryKey: ["own-journal", registerId],
    queryFn: async () => (await ownJournal(registerId)) ?? null,
    networkMode: "always",
  });

/** The journal that this till signs; null where it has no key. */
export const useOwnJournal = (registerId: string) => useQuery(ownQuery(registerId)).data ?? null;

/** Looks again who signs, whenever a journal begins here or something of it was refused. */
export function useJournalNews(registerId: string): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      onJournal(() => {
        void queries.invalidateQueries({ queryKey: ownQuery(registerId).queryKey });
        void queries.invalidateQueries({ queryKey: stateQuery(registerId).queryKey });
      }),
    [queries, registerId],
  );
}

/** Whether somebody may decide that a till signs: it is done once per device, by whoever answers for it. */
export const leads = ({ roles }: NonNullable<SessionView["staff"]>): boolean =>
  roles.some((role) => role === "manager" || role === "owner");

/** Lets this till sign for its register; `takesOver` where another key did before. */
export function useSignHere(staffId: string, currency: string) {
  return useMutation({ mutationFn: (takesOver: boolean) => signHere({ staffId, currency }, takesOver) });
}
