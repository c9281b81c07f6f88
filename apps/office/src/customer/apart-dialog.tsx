import { Modal } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CustomerPageView } from "@weft/contracts/client";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { fullName } from "../common/text.ts";
import { t } from "../t.ts";
import { OtherCustomerForm, type AboutOther } from "./other-customer-form.tsx";

type DialogProps = { readonly customer: CustomerPageView; readonly isOpen: boolean; readonly onClose: () => void };

/** Says that this customer and another one are different people [IDN-3]. It holds for ever, so the dialog says so first. */
export function ApartDialog({ customer, isOpen, onClose }: DialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("office.apart.title", { name: fullName(customer) || t("office.customer.unnamed") })}
      size="lg"
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <ApartForm customerId={customer.id} onDone={onClose} />
    </Modal>
  );
}

function ApartForm({ customerId, onDone }: { readonly customerId: string; readonly onDone: () => void }) {
  const queries = useQueryClient();
  const keep = useMutation({
    mutationFn: (body: AboutOther) => api.ask("customers.keepApart", { params: { id: customerId }, body }),
    onSuccess: async () => {
      onDone();
      showToast(t("office.apart.done"));
      // A pair of theirs that waited to be judged waits no more.
      await queries.invalidateQueries({ queryKey: ["matches"] });
    },
  });
  return (
    <OtherCustomerForm
      customerId={customerId}
      text={t("office.apart.text")}
      go={t("office.apart.go")}
      error={keep.error}
      isBusy={keep.isPending}
      onSubmit={(said) => keep.mutate(said)}
    />
  );
}
