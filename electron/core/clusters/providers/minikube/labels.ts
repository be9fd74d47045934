// minikube's labels on the containers, volumes and networks of its docker driver.

/** minikube 1.38: pkg/drivers/kic/oci. No label names the profile or says what a node is for. */
export const minikubeLabels = {
  /** `true` on everything of minikube's. */
  createdBy: 'created_by.minikube.sigs.k8s.io',
  /** The machine; on networks their own name. */
  name: 'name.minikube.sigs.k8s.io',
  /** The machine as well; on nodes only, not on the short-lived containers beside them. */
  mode: 'mode.minikube.sigs.k8s.io',
} as const;
