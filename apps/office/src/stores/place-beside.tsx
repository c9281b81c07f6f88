import { Button, TextInput } from "@mantine/core";
import type { PlaceTreeView, PlaceView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { keepPlace } from "../common/places.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { GroupSelect } from "./group-select.tsx";
import { HoursEditor } from "./hours-editor.tsx";
import { clockText } from "./hours.ts";
import { OpenBadge } from "./open-badge.tsx";
import type { PlaceChange } from "./place-change.ts";
import { PlacePace } from "./pace.tsx";
import { PlaceServices } from "./services.tsx";
import { PlaceSettings } from "./settings.tsx";

type Props = {
  readonly place: PlaceView;
  readonly tree: PlaceTreeView;
  readonly onClose: () => void;
};

/** One store or warehouse: address, hours with their exceptions, and every setting with where it comes from. */
export function PlaceBeside({ place, tree, onClose }: Props) {
  const may = useMay();
  const save = useAct((body: PlaceChange) => api.ask("places.update", { params: { id: place.id }, body }), [["places"]], keepPlace);
  /** Saves a change; `before` is the same change the other way round. */
  const change = (body: PlaceChange, before: PlaceChange): void => {
    save.act(body, () => showToast(t("office.saved"), () => save.mutate(before)));
  };
  const mayChange = may("places.update");
  const currencies = tree.entities.filter(({ id }) => id === place.entityId).map(({ currency }) => currency);
  return (
    <Beside title={place.name} onClose={onClose}>
      <Facts>
        <Fact label={t("office.customer.field.address")}>
          {[place.address.line1, place.address.line2, `${place.address.postcode} ${place.address.city}`, place.address.country]
            .filter(Boolean)
            .join(", ")}
        </Fact>
        <Fact label={t("office.stores.field.code")}>{place.code}</Fact>
        <Fact label={t("office.stores.time_zone")}>{place.timeZone}</Fact>
        <Fact label={t("office.stores.day_end")}>{clockText(place.dayEnd)}</Fact>
        <Fact label={t("office.stores.now")}>
          <OpenBadge open={place.open} timeZone={place.timeZone} />
        </Fact>
      </Facts>
      {mayChange ? <Basics key={`${place.name} ${place.phone}`} place={place} isBusy={save.isPending} onChange={change} /> : null}
      <GroupSelect
        label={t("office.stores.group")}
        groups={tree.groups}
        value={place.groupId}
        isReadOnly={!mayChange}
        onChange={(groupId) => change({ groupId }, { groupId: place.groupId })}
      />
      <p role="alert" className={form.error}>
        {save.error ? problemText(save.error) : null}
      </p>
      {place.kind === "warehouse" ? null : <PlacePace place={place} />}
      <Part title={t("office.stores.hours")}>
        <HoursEditor
          key={JSON.stringify(place.hours)}
          hours={place.hours}
          isReadOnly={!mayChange}
          isBusy={save.isPending}
          onSave={(hours) => change({ hours }, { hours: place.hours })}
        />
      </Part>
      <Part title={t("office.stores.services")}>
        <PlaceServices place={place} isReadOnly={!mayChange || save.isPending} onChange={change} />
      </Part>
      <Part title={t("office.stores.settings")}>
        <PlaceSettings settings={place.settings} currencies={currencies} isReadOnly={!mayChange} onChange={change} />
      </Part>
      {mayChange ? <ClosingDown place={place} isBusy={save.isPending} onChange={change} /> : null}
    </Beside>
  );
}

type BasicsProps = {
  readonly place: PlaceView;
  readonly isBusy: boolean;
  readonly onChange: (body: PlaceChange, before: PlaceChange) => void;
};

/** Customers are offered nothing at a place that is closed for good; its orders, stock and history stay. */
function ClosingDown({ place, isBusy, onChange }: BasicsProps) {
  const isClosed = place.status === "closed";
  const next = isClosed ? "active" : "closed";
  return (
    <Part title={t(isClosed ? "office.stores.closed_down" : "office.stores.close_down")}>
      <p className={form.quiet}>{t("office.stores.close_down_text")}</p>
      <Button variant="default" loading={isBusy} onClick={() => onChange({ status: next }, { status: place.status })}>
        {t(isClosed ? "office.stores.open_again" : "office.stores.close_down")}
      </Button>
    </Part>
  );
}

function Basics({ place, isBusy, onChange }: BasicsProps) {
  const [name, setName] = useState(place.name);
  const [phone, setPhone] = useState(place.phone ?? "");
  const isChanged = name !== place.name || phone !== (place.phone ?? "");
  return (
    <form
      className={form.row}
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ name, phone: phone === "" ? null : phone }, { name: place.name, phone: place.phone });
      }}
    >
      <TextInput required label={t("office.customers.name")} value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
      <TextInput
        type="tel"
        label={t("office.customer.field.phone")}
        value={phone}
        onChange={({ currentTarget }) => setPhone(currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={!isChanged} loading={isBusy}>
        {t("office.save")}
      </Button>
    </form>
  );
}
