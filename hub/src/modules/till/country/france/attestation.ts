/**
 * The draft of a publisher's attestation, in French, filled with what the running version knows of itself. It is a draft on purpose: the
 * attestation is individual per publisher, version and retailer, and who signs a false one commits a crime.
 * Source: CGI art. 286, I, 3° bis, as the finance act for 2026 (art. 125) has it again; BOI-TVA-DECLA-30-10-30; model BOI-LETTRE-000242.
 */
export function attestationDraft({ version, codeHash }: { readonly version: string; readonly codeHash: string }): string {
  return `PROJET - À COMPLÉTER, À VÉRIFIER ET À SIGNER PAR L'ÉDITEUR - SANS VALEUR TANT QU'IL N'EST PAS SIGNÉ

Attestation individuelle relative à l'utilisation d'un logiciel ou système de caisse
(article 286, I, 3° bis du code général des impôts)

Volet 1 : partie à remplir par l'éditeur du logiciel ou système de caisse

Je soussigné(e), ................................................ (nom, prénom, qualité),
représentant légal de la société ................................................ (raison sociale, SIREN, adresse),
éditrice du logiciel de caisse Weft,
atteste que ce logiciel, mis sur le marché à compter du ......................, dans sa version ${version}
(empreinte SHA-256 du code fiscal : ${codeHash}),
satisfait aux conditions d'inaltérabilité, de sécurisation, de conservation et d'archivage des données en vue du contrôle de
l'administration fiscale, prévues au 3° bis du I de l'article 286 du code général des impôts :

1. Inaltérabilité : chaque ticket, correction, retour, duplicata, clôture et événement technique est une écriture ajoutée au journal, jamais
   modifiée ni supprimée ; toute correction est une nouvelle écriture en plus ou en moins.
2. Sécurisation : chaque écriture est signée sur la caisse (ECDSA P-256, SHA-256) avec une clé non exportable, et chaînée à la précédente de
   sa nature et du journal entier ; une rupture est détectée et nommée.
3. Conservation : les écritures, les clôtures journalières, mensuelles et annuelles et les totaux perpétuels (net et en valeur absolue) sont
   conservés en ligne.
4. Archivage : le logiciel produit des archives d'un an au plus, datées, signées, dans un format ouvert, lisibles et vérifiables sans le
   logiciel, par le vérificateur qui y est joint.

Cette attestation vaut pour les caisses dont les écritures sont signées. Une caisse sans clé propre, dont les écritures sont seulement hachées
par le hub, n'est pas couverte.

J'ai conscience que l'établissement d'une fausse attestation est un délit puni de trois ans d'emprisonnement et de 45 000 euros d'amende
(article 441-1 du code pénal).

Fait à ................................, le ......................
Signature et cachet de l'éditeur :

Volet 2 : partie à remplir par l'entreprise qui utilise le logiciel

Je soussigné(e), ................................................, représentant légal de ................................................,
atteste avoir acquis ou installé le ...................... auprès de ................................................ le logiciel de caisse
mentionné au volet 1, et l'utiliser pour enregistrer les règlements de mes clients depuis le ......................

Fait à ................................, le ......................
Signature :
`;
}
