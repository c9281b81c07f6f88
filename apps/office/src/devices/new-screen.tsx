import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState, type FormEvent } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { useOwnPlaceOptions } from "../common/places.ts";
import { t } from "../t.ts";
import { devicesQuery } from "./query.ts";

const NEW = "new";

/** The code stands on the screen; where it hangs is said here, and of a kiosk whether it takes cards. */
export function NewScreen() {
  const own = useOwnPlaceOptions();
  const [code, setCode] = useState("");
  const [placeId, setPlaceId] = useState("");
  const [name, setName] = useState(t("office.devices.default_name"));
  const [register, setRegister] = useState("");
  const chosen = placeId === "" ? (own[0]?.value ?? "") : placeId;
  const registers = useFreeRegisters(chosen);
  const confirm = useAct(async () => {
    const registerId = register === NEW ? await newRegister(chosen, name) : register;
    return api.ask("access.confirmEnrollment", {
      params: { code: code.trim() },
      body: { placeId: chosen, name, ...(registerId !== "" && { registerId }) },
    });
  }, [devicesQuery.queryKey, ["free-registers"]]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.act(
      undefined,
      ({ placeName }) => showToast(t("office.devices.hangs", { place: placeName })),
      () => {
        setCode("");
        setRegister("");
      },
    );
  };
  return (
    <Section title={t("office.devices.new")}>
      <form className={form.form} style={{ maxWidth: "26rem" }} onSubmit={submit} aria-label={t("office.devices.new")}>
        <TextInput
          label={t("office.devices.code")}
          description={t("office.devices.code_hint")}
          required
          autoComplete="off"
          autoCapitalize="characters"
          minLength={6}
          maxLength={20}
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
        <NativeSelect
          label={t("office.devices.place")}
          data={own}
          value={chosen}
          onChange={({ currentTarget }) => {
            setPlaceId(currentTarget.value);
            setRegister("");
          }}
        />
        <TextInput
          label={t("office.devices.name")}
          required
          maxLength={80}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <NativeSelect
          label={t("office.devices.register")}
          description={t("office.devices.register_hint")}
          data={[
            { value: "", label: t("office.devices.register_none") },
            { value: NEW, label: t("office.devices.register_new") },
            ...registers,
          ]}
          value={register}
          onChange={({ currentTarget }) => setRegister(currentTarget.value)}
        />
        <p role="alert" className={form.error}>
          {confirm.error ? problemText(confirm.error) : null}
        </p>
        <Button type="submit" loading={confirm.isPending}>
          {t("office.devices.confirm")}
        </Button>
      </form>
    </Section>
  );
}

/** Registers of a store that sell really and that no device has. */
function useFreeRegisters(placeId: string): { readonly value: string; readonly label: string }[] {
  const registers = useQuery({
    queryKey: ["free-registers", placeId],
    queryFn: ({ signal }) => api.ask("till.registers", { query: { placeId }, signal }),
    enabled: placeId !== "",
  });
  const devices = useQuery(devicesQuery);
  const taken = new Set(devices.data?.items.map(({ registerId }) => registerId));
  return (registers.data?.items ?? [])
    .filter(({ id, training }) => !training && !taken.has(id))
    .map(({ id, name }) => ({ value: id, label: name }));
}

async function newRegister(placeId: string, name: string): Promise<string> {
  const { id } = await api.ask("till.createRegister", { body: { placeId, name: name.slice(0, 60), training: false } });
  return id;
}
