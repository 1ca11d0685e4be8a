import assert from 'node:assert/strict';
import { render } from '../../../server/src/messages/render.ts';
import { findingsIn } from '../../support/analysis.ts';

/** A Service as the cluster returns it, with every trace of that. */
const EXPORTED = `apiVersion: v1
kind: Service
metadata:
  name: a-service-of-some-length
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: "{}"
  uid: 0c5b0c5b-0000-0000-0000-000000000000
  resourceVersion: "1"
  creationTimestamp: "2024-01-01T00:00:00Z"
spec:
  clusterIP: 10.96.1.1
  clusterIPs: [10.96.1.1]
  ports:
    - port: 80
status:
  loadBalancer: {}
`;

describe('a message', () => {
  it('keeps its first line short, however much there is to name', () => {
    const [located] = findingsIn(EXPORTED);
    assert(located !== undefined);
    const { rule, message, arguments: args } = located.finding;
    const [first = ''] = render(rule, message, args).split('\n');
    assert(first.length <= 120, first);
  });
});
