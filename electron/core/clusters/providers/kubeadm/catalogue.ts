// The kindest/node images that are offered, one for each Kubernetes minor version, by digest.

export interface CatalogueEntry {
  /** `v1.36.1` */
  readonly kubernetesVersion: string;
  readonly digest: string;
  /** The release of kind whose default image it was. */
  readonly kind: string;
}

/** kind: the default image of each release (pkg/apis/config/defaults/image.go), newest first. */
export const catalogue: readonly [CatalogueEntry, ...CatalogueEntry[]] = [
  entry('v1.36.1', '3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5', 'v0.32.0'),
  entry('v1.35.0', '452d707d4862f52530247495d180205e029056831160e22870e37e3f6c1ac31f', 'v0.31.0'),
  entry('v1.34.0', '7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a', 'v0.30.0'),
  entry('v1.33.1', '050072256b9a903bd914c0b2866828150cb229cea0efe5892e2b644d5dd3b34f', 'v0.29.0'),
  entry('v1.32.2', 'f226345927d7e348497136874b6d207e0b32cc52154ad8323129352923a3142f', 'v0.27.0'),
  entry('v1.31.0', '53df588e04085fd41ae12de0c3fe4c72f7013bba32a20e7325357a1ac94ba865', 'v0.24.0'),
  entry('v1.29.2', '51a1434a5397193442f0be2a297b488b6c919ce8a3931be0ce822606ea5ca245', 'v0.22.0'),
  entry('v1.27.3', '3966ac761ae0136263ffdb6cfd4db23ef8a83cba8a463690e98317add2c9ba72', 'v0.20.0'),
  entry('v1.25.0', '428aaa17ec82ccde0131cb2d1ca6547d13cf5fdabcc0bbecf749baa935387cbf', 'v0.15.0'),
  entry('v1.23.4', '0e34f0d0fd448aa2f2819cfd74e99fe5793a6e4938b328f657c8e3f81ee0dfb9', 'v0.12.0'),
  entry('v1.21.1', '69860bda5563ac81e3c0057d654b5253219618a22ec3a346306239bba8cfa1a6', 'v0.11.1'),
];

function entry(kubernetesVersion: string, hash: string, kind: string): CatalogueEntry {
  return { kubernetesVersion, digest: `sha256:${hash}`, kind };
}
