import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { BodyOf, PrivacyRequestView } from "@weft/contracts/client";
import { formatDate, formatDateTime } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { privacyRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { REQUESTS_KEY, requestsQuery } from "./queries.ts";

/** One request: what was asked, what was done, and what is done next. */
export function OpenRequest({ id }: { readonly id: string }) {
  const { open: _closed, ...search } = privacyRoute.useSearch();
  const navigate = privacyRoute.useNavigate();
  const requests = useInfiniteQuery(requestsQuery(search.state ?? "open"));
  const request = requests.data?.pages.flatMap(({ items }) => items).find((one) => one.id === id);
  const close = (): void => void navigate({ search, replace: true });
  if (!request)
    return (
      <Beside title={t("office.privacy.request")} onClose={close}>
        <p className={form.quiet}>{requests.isPending ? t("ui.loading") : t("office.privacy.moved")}</p>
      </Beside>
    );
  return (
    <Beside title={t(`office.privacy.kind.${request.kind}`)} onClose={close}>
      <About request={request} />
      <Part title={t("office.privacy.proof")}>
        <ol className={form.rows}>
          {request.steps.map(({ at, kind, byName, note }) => (
            <li key={`${at} ${kind}`} className={form.stacked}>
              <span className={form.grow}>{t(`office.privacy.step.${kind}`)}</span>
              {note === null ? null : <span className={form.grow}>{note}</span>}
              <small>{[formatDateTime(at), byName].filter(Boolean).join(" · ")}</small>
            </li>
          ))}
        </ol>
      </Part>
      <StepForm request={request} />
    </Beside>
  );
}

function About({ request: { kind, how, text, receivedAt, dueAt, customerId, customerName } }: { readonly request: PrivacyRequestView }) {
  return (
    <>
      <Facts>
        <Fact label={t("office.task.customer")}>
          <Link to="/customers/$id" params={{ id: customerId }}>
            {customerName ?? t("office.customer.unnamed")}
          </Link>
        </Fact>
        <Fact label={t("office.privacy.received")}>
          {formatDate(receivedAt)} · {t(`office.privacy.how.${how}`)}
        </Fact>
        <Fact label={t("office.privacy.due")}>{formatDate(dueAt)}</Fact>
        <Fact label={t("office.privacy.said")}>{text}</Fact>
      </Facts>
      <p className={form.quiet}>{t(`office.privacy.next.${kind}`)}</p>
    </>
  );
}

type StepKind = BodyOf<"privacyRequests.addStep">["kind"];
const STEPS: readonly StepKind[] = ["identity_checked", "note", "extended", "answered", "refused"];

function StepForm({ request: { id, state, isExtended } }: { readonly request: PrivacyRequestView }) {
  const may = useMay();
  const kinds = STEPS.filter((one) => one === "note" || (state === "open" && !(one === "extended" && isExtended)));
  const [kind, setKind] = useState<StepKind>(state === "open" ? "answered" : "note");
  const [note, setNote] = useState("");
  const add = useAct(
    () => api.ask("privacyRequests.addStep", { params: { id }, body: { kind, note: note.trim() } }),
    [REQUESTS_KEY, ["tasks"]],
  );
  if (!may("privacyRequests.addStep")) return null;
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(undefined, { onSuccess: () => setNote("") });
      }}
    >
      <NativeSelect
        label={t("office.privacy.do")}
        value={kind}
        data={kinds.map((one) => ({ value: one, label: t(`office.privacy.step.${one}`) }))}
        onChange={({ currentTarget }) => setKind(kinds.find((one) => one === currentTarget.value) ?? "note")}
      />
      <TextInput
        label={t("office.privacy.note")}
        required
        minLength={3}
        maxLength={1000}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <Button type="submit" disabled={note.trim().length < 3} loading={add.isPending}>
        {t("office.privacy.keep")}
      </Button>
    </form>
  );
}
