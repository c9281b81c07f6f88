import type { Locale } from "@weft/contracts";

type Words = {
  readonly codeSubject: (code: string) => string;
  readonly code: string;
  readonly codeEnds: string;
  readonly confirm: string;
  readonly sms: (code: string) => string;
  readonly confirmTermsSubject: (brand: string) => string;
  readonly confirmTerms: string;
  readonly confirmTermsButton: string;
  readonly confirmTermsElse: string;
  readonly yourTerms: string;
  readonly orderSubject: (number: string) => string;
  readonly orderThanks: string;
  readonly orderCollect: string;
  readonly collectCode: string;
  readonly readySubject: (number: string) => string;
  readonly ready: (place: string) => string;
  readonly changedSubject: (number: string) => string;
  readonly notServed: string;
  readonly notWanted: string;
  readonly elsewhere: (place: string) => string;
  readonly sentFrom: (place: string) => string;
  readonly paidBack: string;
  readonly toOrder: string;
  readonly receiptSubject: (number: string) => string;
  readonly receipt: string;
  readonly total: string;
  readonly stillDue: string;
  readonly points: (earned: string, balance: string) => string;
  readonly giftCard: (amount: string) => string;
  readonly giftCardUntil: (day: string) => string;
  readonly collection: CollectionWords;
  readonly notice: NoticeWords;
};

/** What is said about new words of privacy. */
type NoticeWords = {
  readonly subject: (brand: string) => string;
  readonly joining: string;
  readonly read: string;
  readonly object: (days: number) => string;
  readonly objectAtOnce: string;
  readonly objectLink: string;
};

/** What is said on the way of an order that is collected. */
type CollectionWords = {
  readonly preparingSubject: (number: string) => string;
  readonly preparing: (place: string) => string;
  readonly notReadySubject: (number: string) => string;
  readonly notReady: string;
  readonly endingSubject: (number: string) => string;
  readonly ending: (place: string, until: string) => string;
  readonly movedSubject: (number: string) => string;
  readonly moved: (place: string, time: string) => string;
  readonly delayedSubject: (number: string) => string;
  readonly delayed: (place: string, time: string) => string;
  readonly soldOutSubject: (number: string) => string;
  readonly soldOut: (what: string, place: string) => string;
  readonly notCollectedSubject: (number: string) => string;
  readonly notCollected: (place: string) => string;
};

/** What the hub's own messages say, in the languages it speaks. */
export const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    codeSubject: (code) => `${code} is your sign-in code`,
    code: "Here is the code to sign in:",
    codeEnds: "It works for ten minutes. If you did not ask for it, nothing needs to be done.",
    confirm: "Read this code back to the person at the till, to confirm that this address is yours:",
    sms: (code) => `${code} is your code. It works for ten minutes.`,
    confirmTermsSubject: (brand) => `Do you want to hear from ${brand}?`,
    confirmTerms: "Please confirm that we may write to this address about what you chose.",
    confirmTermsButton: "Yes, write to me",
    confirmTermsElse: "If you did not ask for it, nothing needs to be done: we do not write.",
    yourTerms: "Choose what we may send you, or unsubscribe",
    orderSubject: (number) => `Your order ${number}`,
    orderThanks: "Thank you. This is what you ordered:",
    orderCollect: "We tell you as soon as it is ready.",
    collectCode: "Show this code when you collect it:",
    readySubject: (number) => `Order ${number} is ready`,
    ready: (place) => `Your order waits for you at ${place}.`,
    changedSubject: (number) => `Order ${number} has changed`,
    notServed: "We are sorry: the store cannot hand over what stands here.",
    notWanted: "As you wished, this was taken off your order.",
    elsewhere: (place) => `You can collect it at ${place} instead. If that does not suit you, cancel it on the page of your order.`,
    sentFrom: (place) => `${place} sends it to you instead, at no further cost. The page of your order says the new day.`,
    paidBack: "It is canceled. What you paid for it goes back to where it came from; what you had not paid is owed no more.",
    toOrder: "To your order",
    receiptSubject: (number) => `Receipt ${number}`,
    receipt: "Here is your receipt.",
    total: "Total",
    stillDue: "To be paid at collection",
    points: (earned, balance) => `You earned ${earned} points with it and have ${balance} now.`,
    giftCard: (amount) => `The code of your gift card of ${amount}. Whoever has it can spend it, in the shop and at every till:`,
    giftCardUntil: (day) => `It can be spent until ${day}.`,
    collection: {
      preparingSubject: (number) => `Order ${number} is being prepared`,
      preparing: (place) => `${place} has begun with your order. We tell you as soon as it is ready.`,
      notReadySubject: (number) => `Order ${number} is not ready yet`,
      notReady: "We told you too early: your order is not ready yet. Sorry. We write again as soon as it is.",
      endingSubject: (number) => `Order ${number} is still waiting for you`,
      ending: (place, until) => `${place} keeps your order for you until ${until}.`,
      movedSubject: (number) => `Order ${number} has another collection time`,
      moved: (place, time) => `You can now collect your order at ${place} from ${time} on.`,
      delayedSubject: (number) => `Order ${number} will be late`,
      delayed: (place, time) =>
        `${place} has more to make than it can by ${time}, and no later time has room for your order. It is made as soon as possible, and we tell you when it is ready. Until it is begun you can change or cancel it on its page.`,
      soldOutSubject: (number) => `Something in order ${number} is sold out`,
      soldOut: (what, place) =>
        `${what} is sold out at ${place} since you ordered. Choose something else for it, or take it off, on the page of your order; what you have paid too much goes back.`,
      notCollectedSubject: (number) => `Order ${number} was not collected`,
      notCollected: (place) =>
        `Nobody came for your order, so ${place} does not keep it any longer. What is paid back, and what is not, stands on the page of your order.`,
    },
    notice: {
      subject: (brand) => `What ${brand} does with your data`,
      joining:
        "What we know of you in our stores, on our website and in our app has stood in separate files until now. From now on it may become one file, so that your cart, your orders and your points are the same wherever you are.",
      read: "Read the whole notice",
      object: (days) =>
        `If you do not want that, object ${days === 1 ? "within a day" : `within ${days} days`}: nothing is joined then. You can also object at any time later.`,
      objectAtOnce: "If you do not want that, object: nothing is joined then. You can do so at any time.",
      objectLink: "I do not want my files joined",
    },
  },
  fr: {
    codeSubject: (code) => `${code} est votre code de connexion`,
    code: "Voici le code pour vous connecter :",
    codeEnds: "Il est valable dix minutes. Si vous ne l’avez pas demandé, il n’y a rien à faire.",
    confirm: "Dites ce code à la personne en caisse pour confirmer que cette adresse est la vôtre :",
    sms: (code) => `${code} est votre code. Il est valable dix minutes.`,
    confirmTermsSubject: (brand) => `Voulez-vous des nouvelles de ${brand} ?`,
    confirmTerms: "Merci de confirmer que nous pouvons écrire à cette adresse au sujet de ce que vous avez choisi.",
    confirmTermsButton: "Oui, écrivez-moi",
    confirmTermsElse: "Si vous ne l’avez pas demandé, il n’y a rien à faire : nous n’écrirons pas.",
    yourTerms: "Choisir ce que nous pouvons vous envoyer, ou se désinscrire",
    orderSubject: (number) => `Votre commande ${number}`,
    orderThanks: "Merci. Voici ce que vous avez commandé :",
    orderCollect: "Nous vous prévenons dès qu’elle est prête.",
    collectCode: "Montrez ce code au retrait :",
    readySubject: (number) => `La commande ${number} est prête`,
    ready: (place) => `Votre commande vous attend : ${place}.`,
    changedSubject: (number) => `La commande ${number} a changé`,
    notServed: "Nous sommes désolés : le magasin ne peut pas remettre ce qui figure ici.",
    notWanted: "Comme vous l’avez souhaité, ceci a été retiré de votre commande.",
    elsewhere: (place) =>
      `Vous pouvez le retirer à la place ici : ${place}. Si cela ne vous convient pas, annulez sur la page de votre commande.`,
    sentFrom: (place) => `${place} vous l’envoie à la place, sans frais de plus. La page de la commande indique le nouveau jour.`,
    paidBack: "C’est annulé. Ce que vous avez payé vous est rendu par le même moyen ; ce qui restait à payer n’est plus dû.",
    toOrder: "Voir la commande",
    receiptSubject: (number) => `Ticket ${number}`,
    receipt: "Voici votre ticket.",
    total: "Total",
    stillDue: "À payer au retrait",
    points: (earned, balance) => `Elle vous a rapporté ${earned} points ; vous en avez maintenant ${balance}.`,
    giftCard: (amount) =>
      `Le code de votre carte cadeau de ${amount}. Qui le détient peut la dépenser, dans la boutique en ligne et à chaque caisse :`,
    giftCardUntil: (day) => `Elle est valable jusqu’au ${day}.`,
    collection: {
      preparingSubject: (number) => `La commande ${number} est en préparation`,
      preparing: (place) => `${place} prépare votre commande. Nous vous prévenons dès qu’elle est prête.`,
      notReadySubject: (number) => `La commande ${number} n’est pas encore prête`,
      notReady:
        "Nous vous avons prévenu trop tôt : votre commande n’est pas encore prête. Veuillez nous excuser ; nous vous écrirons dès qu’elle le sera.",
      endingSubject: (number) => `La commande ${number} vous attend encore`,
      ending: (place, until) => `${place} garde votre commande jusqu’à ${until}.`,
      movedSubject: (number) => `Nouvelle heure de retrait pour la commande ${number}`,
      moved: (place, time) => `Votre commande est à retirer à partir de ${time} : ${place}.`,
      delayedSubject: (number) => `La commande ${number} aura du retard`,
      delayed: (place, time) =>
        `${place} a plus de commandes à préparer que possible d’ici ${time}, et aucun autre créneau n’a de place pour la vôtre. Elle sera préparée dès que possible et nous vous préviendrons quand elle sera prête. Tant qu’elle n’est pas commencée, vous pouvez la modifier ou l’annuler sur sa page.`,
      soldOutSubject: (number) => `Un article de la commande ${number} est épuisé`,
      soldOut: (what, place) =>
        `${place} n’a plus de ${what} depuis votre commande. Choisissez autre chose, ou retirez-le, sur la page de votre commande ; ce que vous avez payé en trop vous est rendu.`,
      notCollectedSubject: (number) => `La commande ${number} n’a pas été retirée`,
      notCollected: (place) =>
        `Personne n’est venu chercher votre commande : ${place} ne la garde plus. Ce qui est remboursé, ou non, figure sur la page de votre commande.`,
    },
    notice: {
      subject: (brand) => `Ce que ${brand} fait de vos données`,
      joining:
        "Ce que nous savons de vous en magasin, sur le site et dans l’application figurait jusqu’ici dans des fichiers séparés. Ils peuvent désormais n’en faire qu’un, pour que votre panier, vos commandes et vos points soient les mêmes partout.",
      read: "Lire toute la notice",
      object: (days) =>
        `Si vous ne le voulez pas, opposez-vous ${days === 1 ? "dans la journée qui vient" : `dans les ${days} jours`} : rien ne sera réuni. Vous pouvez aussi vous opposer plus tard, à tout moment.`,
      objectAtOnce: "Si vous ne le voulez pas, opposez-vous : rien ne sera réuni. Vous pouvez le faire à tout moment.",
      objectLink: "Je ne veux pas que mes fichiers soient réunis",
    },
  },
  de: {
    codeSubject: (code) => `${code} ist Ihr Anmeldecode`,
    code: "Das ist der Code für die Anmeldung:",
    codeEnds: "Er gilt zehn Minuten. Wenn Sie ihn nicht angefordert haben, ist nichts zu tun.",
    confirm: "Nennen Sie diesen Code an der Kasse, um zu bestätigen, dass die Adresse Ihre ist:",
    sms: (code) => `${code} ist Ihr Code. Er gilt zehn Minuten.`,
    confirmTermsSubject: (brand) => `Möchten Sie von ${brand} hören?`,
    confirmTerms: "Bitte bestätigen Sie, dass wir an diese Adresse schreiben dürfen, wozu Sie sich entschieden haben.",
    confirmTermsButton: "Ja, schreiben Sie mir",
    confirmTermsElse: "Wenn Sie das nicht angefordert haben, ist nichts zu tun: Wir schreiben nicht.",
    yourTerms: "Auswählen, was wir senden dürfen, oder abmelden",
    orderSubject: (number) => `Ihre Bestellung ${number}`,
    orderThanks: "Vielen Dank. Das haben Sie bestellt:",
    orderCollect: "Wir melden uns, sobald sie bereitsteht.",
    collectCode: "Zeigen Sie diesen Code bei der Abholung:",
    readySubject: (number) => `Bestellung ${number} steht bereit`,
    ready: (place) => `Ihre Bestellung wartet auf Sie: ${place}.`,
    changedSubject: (number) => `Bestellung ${number} hat sich geändert`,
    notServed: "Es tut uns leid: Die Filiale kann Folgendes nicht ausgeben.",
    notWanted: "Wie gewünscht wurde dies von Ihrer Bestellung genommen.",
    elsewhere: (place) =>
      `Sie können es stattdessen hier abholen: ${place}. Wenn das nicht passt, stornieren Sie auf der Seite Ihrer Bestellung.`,
    sentFrom: (place) => `Stattdessen schickt es Ihnen ohne weitere Kosten: ${place}. Den neuen Tag zeigt die Seite der Bestellung.`,
    paidBack: "Es ist storniert. Was bezahlt war, geht auf demselben Weg zurück; was noch offen war, ist nicht mehr zu zahlen.",
    toOrder: "Zur Bestellung",
    receiptSubject: (number) => `Beleg ${number}`,
    receipt: "Hier ist Ihr Beleg.",
    total: "Summe",
    stillDue: "Bei Abholung zu zahlen",
    points: (earned, balance) => `Sie hat Ihnen ${earned} Punkte gebracht; Ihr Stand ist jetzt ${balance}.`,
    giftCard: (amount) => `Der Code Ihrer Geschenkkarte über ${amount}. Wer ihn hat, kann sie einlösen, im Shop und an jeder Kasse:`,
    giftCardUntil: (day) => `Sie gilt bis ${day}.`,
    collection: {
      preparingSubject: (number) => `Bestellung ${number} wird zubereitet`,
      preparing: (place) => `${place} hat mit Ihrer Bestellung begonnen. Wir melden uns, sobald sie bereitsteht.`,
      notReadySubject: (number) => `Bestellung ${number} ist noch nicht bereit`,
      notReady:
        "Wir haben uns zu früh gemeldet: Ihre Bestellung ist noch nicht bereit. Bitte entschuldigen Sie; wir schreiben, sobald sie es ist.",
      endingSubject: (number) => `Bestellung ${number} wartet noch auf Sie`,
      ending: (place, until) => `${place} hält Ihre Bestellung noch bis ${until} bereit.`,
      movedSubject: (number) => `Neue Abholzeit für Bestellung ${number}`,
      moved: (place, time) => `Ihre Bestellung holen Sie jetzt ab ${time} ab: ${place}.`,
      delayedSubject: (number) => `Bestellung ${number} verspätet sich`,
      delayed: (place, time) =>
        `Bei ${place} ist bis ${time} mehr zu machen, als zu schaffen ist, und keine spätere Zeit hat Platz für Ihre Bestellung. Sie wird so bald wie möglich gemacht; wir melden uns, wenn sie bereitsteht. Solange niemand begonnen hat, können Sie sie auf ihrer Seite ändern oder stornieren.`,
      soldOutSubject: (number) => `Etwas aus Bestellung ${number} ist ausverkauft`,
      soldOut: (what, place) =>
        `Seit Ihrer Bestellung ist bei ${place} ausverkauft: ${what}. Wählen Sie auf der Seite Ihrer Bestellung etwas anderes oder nehmen Sie es heraus; was Sie zu viel bezahlt haben, kommt zurück.`,
      notCollectedSubject: (number) => `Bestellung ${number} wurde nicht abgeholt`,
      notCollected: (place) =>
        `Niemand hat Ihre Bestellung abgeholt; ${place} hält sie nicht länger bereit. Was erstattet wird und was nicht, steht auf der Seite Ihrer Bestellung.`,
    },
    notice: {
      subject: (brand) => `Was ${brand} mit Ihren Daten macht`,
      joining:
        "Was wir in den Filialen, auf der Website und in der App von Ihnen wissen, stand bisher in getrennten Akten. Ab jetzt kann daraus eine Akte werden, damit Warenkorb, Bestellungen und Punkte überall dieselben sind.",
      read: "Den ganzen Hinweis lesen",
      object: (days) =>
        `Wenn Sie das nicht möchten, widersprechen Sie ${days === 1 ? "innerhalb eines Tages" : `innerhalb von ${days} Tagen`}: Dann wird nichts zusammengeführt. Auch später können Sie jederzeit widersprechen.`,
      objectAtOnce: "Wenn Sie das nicht möchten, widersprechen Sie: Dann wird nichts zusammengeführt. Das geht jederzeit.",
      objectLink: "Meine Akten sollen getrennt bleiben",
    },
  },
  ca: {
    codeSubject: (code) => `${code} és el teu codi d’accés`,
    code: "Aquest és el codi per entrar:",
    codeEnds: "Val deu minuts. Si no l’has demanat, no cal fer res.",
    confirm: "Digues aquest codi a la persona de la caixa per confirmar que l’adreça és teva:",
    sms: (code) => `${code} és el teu codi. Val deu minuts.`,
    confirmTermsSubject: (brand) => `Vols rebre notícies de ${brand}?`,
    confirmTerms: "Confirma que podem escriure a aquesta adreça sobre el que has triat.",
    confirmTermsButton: "Sí, escriviu-me",
    confirmTermsElse: "Si no ho has demanat, no cal fer res: no escriurem.",
    yourTerms: "Tria què et podem enviar, o dona’t de baixa",
    orderSubject: (number) => `La teva comanda ${number}`,
    orderThanks: "Gràcies. Això és el que has demanat:",
    orderCollect: "T’avisarem quan estigui a punt.",
    collectCode: "Ensenya aquest codi quan la recullis:",
    readySubject: (number) => `La comanda ${number} està a punt`,
    ready: (place) => `La teva comanda t’espera: ${place}.`,
    changedSubject: (number) => `La comanda ${number} ha canviat`,
    notServed: "Ho sentim: la botiga no pot lliurar això.",
    notWanted: "Tal com volies, s’ha tret això de la comanda.",
    elsewhere: (place) => `Ho pots recollir aquí: ${place}. Si no et va bé, cancel·la-ho a la pàgina de la comanda.`,
    sentFrom: (place) => `T’ho enviem des d’un altre lloc, sense cap cost més: ${place}. La pàgina de la comanda diu el nou dia.`,
    paidBack: "S’ha cancel·lat. El que havies pagat torna per la mateixa via; el que quedava per pagar ja no es deu.",
    toOrder: "Veure la comanda",
    receiptSubject: (number) => `Tiquet ${number}`,
    receipt: "Aquí tens el tiquet.",
    total: "Total",
    stillDue: "A pagar en recollir",
    points: (earned, balance) => `T’ha donat ${earned} punts i ara en tens ${balance}.`,
    giftCard: (amount) => `El codi de la teva targeta regal de ${amount}. Qui el té la pot gastar, a la botiga en línia i a cada caixa:`,
    giftCardUntil: (day) => `És vàlida fins al ${day}.`,
    collection: {
      preparingSubject: (number) => `La comanda ${number} s’està preparant`,
      preparing: (place) => `${place} ha començat la teva comanda. T’avisarem quan estigui a punt.`,
      notReadySubject: (number) => `La comanda ${number} encara no està a punt`,
      notReady: "Et vam avisar massa d’hora: la comanda encara no està a punt. Disculpa; t’escriurem quan ho estigui.",
      endingSubject: (number) => `La comanda ${number} encara t’espera`,
      ending: (place, until) => `${place} et guarda la comanda fins ${until}.`,
      movedSubject: (number) => `Nova hora de recollida de la comanda ${number}`,
      moved: (place, time) => `Ara la teva comanda es recull a partir de: ${time}, a ${place}.`,
      delayedSubject: (number) => `La comanda ${number} arribarà tard`,
      delayed: (place, time) =>
        `A ${place} hi ha més feina de la que es pot fer abans de: ${time}, i cap hora posterior té lloc per a la teva comanda. Es farà tan aviat com sigui possible i t’avisarem quan estigui a punt. Mentre no s’hagi començat, la pots canviar o anul·lar a la seva pàgina.`,
      soldOutSubject: (number) => `S’ha exhaurit alguna cosa de la comanda ${number}`,
      soldOut: (what, place) =>
        `Des que vas fer la comanda, a ${place} s’ha exhaurit: ${what}. Tria una altra cosa o treu-ho a la pàgina de la comanda; el que hagis pagat de més et torna.`,
      notCollectedSubject: (number) => `La comanda ${number} no s’ha recollit`,
      notCollected: (place) =>
        `Ningú ha vingut a buscar la teva comanda, i ${place} ja no la guarda. El que es retorna i el que no és a la pàgina de la comanda.`,
    },
    notice: {
      subject: (brand) => `Què fa ${brand} amb les teves dades`,
      joining:
        "El que sabem de tu a les botigues, al web i a l’aplicació era fins ara en fitxers separats. A partir d’ara poden ser-ne un de sol, perquè la cistella, les comandes i els punts siguin els mateixos a tot arreu.",
      read: "Llegeix tot l’avís",
      object: (days) =>
        `Si no ho vols, oposa-t’hi ${days === 1 ? "abans d’un dia" : `abans de ${days} dies`}: no s’ajuntarà res. També t’hi pots oposar més endavant, en qualsevol moment.`,
      objectAtOnce: "Si no ho vols, oposa-t’hi: no s’ajuntarà res. Ho pots fer en qualsevol moment.",
      objectLink: "No vull que s’ajuntin els meus fitxers",
    },
  },
};
