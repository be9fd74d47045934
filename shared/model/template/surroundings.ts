// What nodes need of the world around them: environment, proxies, certificates of companies.
import { z } from 'zod';
import { dnsLabel } from './values';

export const environmentSchema = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'use letters, digits and underscores'),
  z.string(),
);

const proxyAddress = z.url({
  protocol: /^(https?|socks5)$/,
  error: 'use an address such as http://proxy.example:3128',
});

export const proxiesSchema = z.strictObject({
  http: proxyAddress.optional().describe('Proxy for http, such as http://proxy.example:3128.'),
  https: proxyAddress.optional().describe('Proxy for https.'),
  noProxy: z
    .array(z.string().min(1))
    .default([])
    .describe("Hosts, domains and ranges that are reached directly; the cluster's own are always among them."),
});

const certificate = { name: dnsLabel.describe('What to call the certificate on the nodes.') };

export const certificateSchema = z.union([
  z.strictObject({
    ...certificate,
    file: z
      .string()
      .min(1)
      .describe("A PEM file: absolute, relative to the template's file, or with ~ or ${HOME} for the home folder."),
  }),
  z.strictObject({
    ...certificate,
    inline: z
      .string()
      .includes('-----BEGIN CERTIFICATE-----', { error: 'use a certificate as PEM text' })
      .describe('The certificate as PEM text.'),
  }),
]);
