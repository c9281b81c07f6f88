import { Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { CustomerPageView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { fullName } from "../common/text.ts";
import { t } from "../t.ts";
import { OtherCustomerForm, type AboutOther } from "./other-customer-form.tsx";
import { unmerge } from "./unmerge.ts";

type DialogProps = { readonly customer: CustomerPageView; readonly isOpen: boolean; readonly onClose: () => void };

/** Links another customer's records to this one, with a reason. No question afterwards: it can be undone exactly. */
export function MergeDialog({ customer, isOpen, onClose }: DialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("office.merge.title", { name: fullName(customer) || t("office.customer.unnamed") })}
      size="lg"
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <MergeForm customerId={customer.id} onDone={onClose} />
    </Modal>
  );
}

function MergeForm({ customerId, onDone }: { readonly customerId: string; readonly onDone: () => void }) {
  const merge = useMerge(customerId, onDone);
  return (
    <OtherCustomerForm
      customerId={customerId}
      text={t("office.merge.text")}
      go={t("office.merge.go")}
      error={merge.error}
      isBusy={merge.isPending}
      onSubmit={(said) => merge.mutate(said)}
    />
  );
}

function useMerge(customerId: string, onDone: () => void) {
  const queries = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (body: AboutOther) => api.ask("customers.merge", { params: { id: customerId }, body }),
    onSuccess: async ({ mergeId, customer }) => {
      onDone();
      await queries.invalidateQueries({ queryKey: ["customer"] });
      await router.navigate({ to: "/customers/$id", params: { id: customer.id } });
      showToast(t("office.merge.done"), () => void unmerge(queries, router, mergeId, customerId));
    },
  });
}
