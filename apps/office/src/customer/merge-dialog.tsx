import { Button, Modal, Radio, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { CustomerPageView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { fullName } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";
import { unmerge } from "./unmerge.ts";

const SHORTEST_REASON = 3;
const SETTLE_MS = 150;

type DialogProps = { readonly customer: CustomerPageView; readonly isOpen: boolean; readonly onClose: () => void };

/** Links another customer's records to this one, with a reason. No question afterwards: it can be undone exactly. */
export function MergeDialog({ customer, isOpen, onClose }: DialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("office.merge.title", { name: fullName(customer) })}
      size="lg"
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <MergeForm customer={customer} onDone={onClose} />
    </Modal>
  );
}

function MergeForm({ customer, onDone }: { readonly customer: CustomerPageView; readonly onDone: () => void }) {
  const [otherId, setOtherId] = useState<string>();
  const [reason, setReason] = useState("");
  const merge = useMerge(customer.id, onDone);
  const isReady = otherId !== undefined && reason.trim().length >= SHORTEST_REASON;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (otherId !== undefined && isReady) merge.mutate({ otherId, reason: reason.trim() });
      }}
    >
      <p>{t("office.merge.text")}</p>
      <OtherCustomer customerId={customer.id} chosen={otherId} onChoose={setOtherId} />
      <Textarea
        label={t("office.merge.reason")}
        description={t("office.merge.reason_text")}
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <p role="alert" className={styles.error}>
        {merge.error ? problemText(merge.error) : null}
      </p>
      <Button type="submit" size="sm" disabled={!isReady} loading={merge.isPending}>
        {t("office.merge.go")}
      </Button>
    </form>
  );
}

function useMerge(customerId: string, onDone: () => void) {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (body: { otherId: string; reason: string }) => api.ask("customers.merge", { params: { id: customerId }, body }),
    onSuccess: async ({ mergeId, customer }) => {
      onDone();
      await queries.invalidateQueries({ queryKey: ["customer"] });
      await router.navigate({ to: "/customers/$id", params: { id: customer.id } });
      showToast(t("office.merge.done"), () => void unmerge(queries, router, mergeId, customerId));
    },
  });
}

type OtherProps = { readonly customerId: string; readonly chosen: string | undefined; readonly onChoose: (id: string) => void };

function OtherCustomer({ customerId, chosen, onChoose }: OtherProps) {
  const [typed, setTyped] = useState("");
  const [query] = useDebouncedValue(typed.trim(), SETTLE_MS);
  const found = useQuery({
    queryKey: ["find", "customers", query, "to merge"],
    queryFn: ({ signal }) => api.ask("customers.find", { query: { query, limit: 8 }, signal }),
    enabled: query !== "",
  });
  const others = found.data?.items.filter(({ id }) => id !== customerId) ?? [];
  return (
    <div className={styles.others}>
      <TextInput
        data-autofocus
        type="search"
        label={t("office.merge.other")}
        placeholder={t("office.customers.find")}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Radio.Group value={chosen ?? ""} onChange={onChoose} label={<span className="said">{t("office.merge.other")}</span>}>
        {others.map((other) => (
          <Radio
            key={other.id}
            value={other.id}
            label={fullName(other) || t("office.customer.unnamed")}
            description={[other.email, other.phone, other.cardNumber].filter(Boolean).join(" · ")}
          />
        ))}
      </Radio.Group>
      {found.data && others.length === 0 ? <p className={styles.quiet}>{t("office.customers.none", { query })}</p> : null}
    </div>
  );
}
