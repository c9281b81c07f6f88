import { queryOptions } from "@tanstack/react-query";
import type { NoticeMailingView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";

/** Everything about requests is asked again once something was done with one. */
export const REQUESTS_KEY = ["privacy", "requests"];

export const requestsQuery = (state: "open" | "closed") =>
  pagedQuery([...REQUESTS_KEY, state], (page, signal) =>
    api.ask("privacyRequests.list", { query: { ...page, state, limit: PAGE_ROWS }, signal }),
  );

export const purposesQuery = queryOptions({
  queryKey: ["privacy", "purposes"],
  queryFn: ({ signal }) => api.ask("privacy.purposes", { signal }),
});

export const noticesQuery = queryOptions({
  queryKey: ["privacy", "notices"],
  queryFn: ({ signal }) => api.ask("notices.list", { signal }),
});

/** How often a mailing that runs is asked how far it is. */
const MAILING_LOOK_MS = 5000;

export const mailingsQuery = queryOptions({
  queryKey: ["privacy", "mailings"],
  queryFn: ({ signal }) => api.ask("noticeMailings.list", { signal }),
  refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? MAILING_LOOK_MS : false),
});

const isUnderWay = ({ state, queued }: NoticeMailingView): boolean => state === "running" || queued > 0;

export const audienceQuery = (id: string, channelId: string) =>
  queryOptions({
    queryKey: ["privacy", "audience", id, channelId],
    queryFn: ({ signal }) => api.ask("noticeMailings.audience", { params: { id }, query: { channelId }, signal }),
  });

export const unreachedQuery = (id: string) =>
  pagedQuery(["privacy", "unreached", id], (page, signal) =>
    api.ask("noticeMailings.unreached", { params: { id }, query: { ...page, limit: PAGE_ROWS }, signal }),
  );

export const retentionQuery = queryOptions({
  queryKey: ["privacy", "retention"],
  queryFn: ({ signal }) => api.ask("privacy.retention", { signal }),
});

export const exportsQuery = pagedQuery(["privacy", "exports"], (page, signal) =>
  api.ask("privacy.exports", { query: { ...page, limit: PAGE_ROWS }, signal }),
);
