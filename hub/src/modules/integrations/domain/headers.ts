import type { ImportField, ImportKind } from "@weft/contracts";

/** How systems call their columns in English, French, German, Catalan and Spanish: without case, accents, blanks and signs. */
const NAMES: Readonly<Partial<Record<ImportField, string>>> = {
  externalId: `id customerid customernumber customerno clientid userid contactid memberid externalid uid recordid personid kundennummer
    kundennr kundenid kdnr kundeid mitgliedsnummer numeroclient nclient idclient codeclient numclient numerodeclient idcliente numerocliente
    numerodecliente codicliente uuid`,
  email: `email mail emailaddress emailadresse mailadresse adresseemail adressemail adresseelectronique courriel adressecourriel correu
    correuelectronic correo correoelectronico emailid`,
  phone: `phone phonenumber telephone telephonenumber mobile mobilephone mobilenumber cell cellphone cellular tel telefon telefonnummer
    telefonnr handy handynummer mobil mobiltelefon mobilnummer rufnummer telephoneportable portable numerodetelephone gsm telefono telefonmobil
    mobil movil telefonomovil numerodetelefon numerotelefon`,
  cardNumber: `card cardnumber cardno loyaltycard loyaltycardnumber loyaltynumber membershipcard kartennummer kartennr kundenkarte
    kundenkartennummer kundenkartennr karte numerodecarte cartefidelite numerocarte carte tarjeta numerotarjeta numerodetarjeta targeta
    numerodetargeta targetafidelitat`,
  givenName: `firstname first givenname given forename vorname rufname prenom nom1 nombre nomdepila nompropi`,
  familyName: `lastname last familyname family surname nachname familienname zuname nom nomdefamille nomfamille apellido apellidos cognom
    cognoms`,
  fullName: `name fullname customername contactname displayname kundenname kunde nomcomplet nomprenom nometprenom prenomnom nombrecompleto
    nomicognoms nombreyapellidos vollername vorundnachname fn`,
  birthDate: `birthdate birthday dateofbirth dob born birth geburtsdatum geburtstag geboren gebdatum datedenaissance naissance nele
    anniversaire fechadenacimiento nacimiento datadenaixement naixement bday`,
  street: `street streetaddress address address1 addressline1 line1 strasse strassehausnummer strasseundhausnummer strassenr anschrift
    adresse adresse1 rue voie carrer adreca direccion calle domicilio domicili`,
  street2: `street2 address2 addressline2 line2 adresszusatz zusatz adresse2 complement complementadresse complementdadresse direccion2 pis piso`,
  postcode: `postcode postalcode zip zipcode plz postleitzahl codepostal cp codigopostal codipostal`,
  city: `city town locality ort stadt wohnort ville commune localite ciudad poblacion localidad ciutat poblacio localitat`,
  country: `country countrycode land staat laenderkennzeichen landerkennzeichen pays codepays pais codigopais`,
  locale: `language locale lang preferredlanguage sprache langue idioma llengua`,
  since: `since customersince membersince created createdat createdon creationdate signupdate signedupat registered registeredat
    registrationdate joined joinedat dateadded kundeseit angelegt angelegtam erstellt erstelltam registriertam mitgliedseit datecreation
    datedecreation clientdepuis inscritle dateinscription datedinscription fechaalta fechadealta fechacreacion dataalta datadalta clientdesde`,
  optInEmail: `newsletter emailoptin optinemail optin emailmarketing emailmarketingconsent acceptsmarketing acceptsemailmarketing
    marketingoptin marketingconsent emailconsent emailpermission subscribed emailsubscribed werbungemail emailwerbung newsletteranmeldung
    werbeeinwilligung einwilligung consentementemail abonnenewsletter inscritnewsletter butlleti consentimentemail boletin`,
  optInSms: `smsoptin optinsms smsmarketing smsmarketingconsent smsconsent smspermission acceptssmsmarketing werbungsms smswerbung
    consentementsms consentimentsms`,
  optInPhone: `phoneoptin optinphone calloptin callconsent phoneconsent telefonwerbung werbungtelefon consentementtelephone appels`,
  optInPost: `postoptin optinpost mailoptin postaloptin directmail postalmailing postwerbung werbungpost consentementcourrier courrier`,
  optInTime: `optintime optindate consentdate consentat consenttime consenttimestamp optintimestamp newsletterdate subscribedat
    emailmarketingconsentupdatedat einwilligungam einwilligungsdatum anmeldedatum anmeldungam dateconsentement datedeconsentement
    dataconsentiment fechaconsentimiento`,
  optInSource: `optinsource consentsource newslettersource consentmethod herkunfteinwilligung einwilligungsquelle quelleeinwilligung
    sourceconsentement fontconsentiment`,
  companyId: `companyid companynumber companyno companyexternalid organizationid organisationid accountid accountnumber groupid id firmennummer
    firmennr firmenid kundennummer kundennr numerosociete idsociete codesociete idempresa codiempresa debitor debitornummer debitorennummer`,
  companyName: `name company companyname legalname organization organisation account firma firmenname firmierung unternehmen raisonsociale societe
    nomsociete entreprise empresa nomempresa raosocial razonsocial`,
  vatNumber: `vat vatnumber vatno vatid taxid taxnumber ustid ustidnr umsatzsteuerid umsatzsteueridentifikationsnummer uid uidnummer numerotva tva
    tvaintracommunautaire numerodetva nif cif nifiva numeroiva iva`,
  priceGroup: `pricegroup pricelist customergroup preisgruppe preisliste kundengruppe groupetarifaire tarif grupdepreus grupopreus tarifa`,
  currency: `currency currencycode wahrung devise moneda divisa`,
  orderLimit: `orderlimit limitperorder bestelllimit limitprobestellung plafondcommande limitcomanda limitepedido`,
  monthLimit: `monthlimit monthlylimit limitpermonth creditlimit limit monatslimit kreditlimit plafond plafondmensuel limitmensual limitemensual`,
  role: `role roles function position rolle funktion fonction funcio rol cargo`,
  event: `event eventname action activity ereignis aktion evenement esdeveniment evento accion`,
  time: `time timestamp date datetime at when occurredat happenedat eventtime eventdate createdat created updatedat consentdate consentat
    zeitpunkt zeit datum uhrzeit horodatage heure fecha hora data moment`,
  messageId: `messageid eventid id uuid ereignisid`,
  purpose: `purpose zweck finalite finalitat finalidad`,
  topic: `topic subject theme list listname thema liste sujet tema`,
  channelKind: `channel kind medium channelkind kanal canal contactkind via`,
  state: `state status consent optin decision granted value subscribed zustand einwilligung statut etat consentement estat estado`,
  source: `source origin proof method form herkunft quelle nachweis origine preuve font prova origen`,
  wordingVersion: `wordingversion wording textversion version textfassung`,
};

const FIELDS_BY_NAME: ReadonlyMap<string, readonly ImportField[]> = byName();

function byName(): Map<string, ImportField[]> {
  const found = new Map<string, ImportField[]>();
  // Its entries are those of that very record.
  const entries = Object.entries(NAMES) as [ImportField, string][];
  for (const [field, names] of entries) for (const name of names.split(/\s+/)) found.set(name, [...(found.get(name) ?? []), field]);
  return found;
}

/** A name of a column without what people write differently: `E-Mail-Adresse` is `emailadresse`, `Straße` is `strasse`. */
export function plainName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "");
}

/** What a column of this name is in such a file; undefined when its name says nothing. Columns of events and consents go before. */
export function fieldOfName(kind: ImportKind, allowed: readonly ImportField[], name: string): ImportField | undefined {
  // What our own list of bad lines adds.
  if (name.trim().toLowerCase().startsWith("weft_")) return "ignore";
  const found = (FIELDS_BY_NAME.get(plainName(name)) ?? []).filter((field) => allowed.includes(field));
  if (kind === "customers" || kind === "memberships") return found[0];
  return found.at(-1);
}
