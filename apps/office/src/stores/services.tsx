import { Checkbox } from "@mantine/core";
import type { PlaceView } from "@weft/contracts/client";
import { SERVICES } from "../../../../hub/src/modules/places/domain/index.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import type { PlaceChange } from "./place-change.ts";
import styles from "./stores.module.css";

type ServicesProps = {
  readonly place: PlaceView;
  readonly isReadOnly: boolean;
  readonly onChange: (body: PlaceChange, before: PlaceChange) => void;
};

/** What a place offers [PLA-8]: each is saved at once. A code that the office has no word for stays as it is. */
export function PlaceServices({ place: { kind, services }, isReadOnly, onChange }: ServicesProps) {
  const change = (service: string, isOffered: boolean): void => {
    const others = services.filter((own) => own !== service);
    onChange({ services: isOffered ? [...others, service] : others }, { services });
  };
  return (
    <>
      <p className={form.quiet}>{t("office.stores.services_text")}</p>
      <div className={styles.services}>
        {SERVICES.map((service) => {
          // A warehouse is there to send parcels, whatever is said of it.
          const isGiven = service === "ship" && kind !== "store";
          return (
            <Checkbox
              key={service}
              size="xs"
              label={t(`office.service.${service}`)}
              checked={isGiven || services.includes(service)}
              disabled={isReadOnly || isGiven}
              onChange={({ currentTarget }) => change(service, currentTarget.checked)}
            />
          );
        })}
      </div>
    </>
  );
}
