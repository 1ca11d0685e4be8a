import type { RealCase } from '../../../support/cases.ts';

/** What is checked for Alibaba Cloud and for every cluster, one short Service for each way to get it wrong. */
export const CATALOGUE: readonly RealCase[] = [
  {
    id: 'ali-timeout-int',
    title: 'a time with a unit stops the controller',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "30m"
                                                                               ^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "30m"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
`,
  },
  {
    id: 'ali-timeout-int',
    title: 'so does one of the cookie',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1h"
                                                                          ^^^^ annotation-value-invalid
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1h"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "3600"
`,
  },
  {
    id: 'ali-persist-range',
    title: 'two hours, where an hour is the most',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "7200"
                                                                               ^^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "7200"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "3600"
`,
  },
  {
    id: 'ali-cookie-timeout-range',
    title: 'a week, where a day is the most',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "604800"
                                                                          ^^^^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "604800"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "86400"
`,
  },
  {
    id: 'ali-sticky-enum',
    title: 'true is not on',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "true"
                                                                          ^^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "true"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
`,
  },
  {
    id: 'ali-sticky-enum',
    title: 'neither is On',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "On"
                                                                          ^^^^ annotation-value-invalid
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "On"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
`,
  },
  {
    id: 'ali-type-enum',
    title: 'a word in the case of the ALB',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "Insert"
                                                                               ^^^^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "Insert"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
`,
  },
  {
    id: 'ali-type-missing',
    title: 'whose cookie it is stays open',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
`,
  },
  {
    id: 'ali-insert-timeout-missing',
    title: 'an inserted cookie without a time',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
`,
  },
  {
    id: 'ali-insert-timeout-missing',
    title: 'one with none',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "0"
                                                                          ^^^ annotation-value-invalid
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "0"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1"
`,
  },
  {
    id: 'ali-server-cookie-missing',
    title: 'the application’s cookie has no name',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "server"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
  },
  {
    id: 'ali-cookie-charset',
    title: 'a name with a blank and a semicolon',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "server"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie: "SESSION ID;"
                                                                  ^^^^^^^^^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
  },
  {
    id: 'ali-unquoted',
    title: 'a number and a boolean without quotes',
    severities: ['error', 'error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: 1800
                                                                               ^^^^ value-not-a-string
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-force-override-listeners: true
                                                                                    ^^^^ value-not-a-string
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id: "lb-bp1f0mr9mn2kd0qvdc1ab"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: 1800
-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-force-override-listeners: true
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-force-override-listeners: "true"
`,
  },
  {
    id: 'ali-protocol-port-format',
    title: 'capitals and blanks',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "HTTP:80, https:443"
                                                                         ^^^^^^^^^^^^^^^^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cert-id: "1234567890-cn-hangzhou"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
    - name: https
      port: 443
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "HTTP:80, https:443"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80,https:443"
`,
  },
  {
    id: 'ali-protocol-port-unknown-port',
    title: 'a listener of a port that the Service has not',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:8080"
                                                                         ^^^^^^^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
  },
  {
    id: 'ali-https-cert',
    title: 'HTTPS without a certificate',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "https:443"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: https
      port: 443
      targetPort: 8080
`,
  },
  {
    id: 'ali-persist-on-l7',
    title: 'a time for TCP beside an HTTPS listener',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "https:443"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cert-id: "1234567890-cn-hangzhou"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "3600"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-layer
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: https
      port: 443
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "3600"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "3600"
`,
  },
  {
    id: 'ali-persist-on-udp',
    title: 'a time for TCP, and all is UDP',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-layer
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: dns
      port: 53
      protocol: UDP
`,
    fix: `+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "sch"
`,
  },
  {
    id: 'ali-sticky-on-l4',
    title: 'cookies without a listener of HTTP',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-layer
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
  },
  {
    id: 'ali-type-not-lb',
    title: 'all that on a ClusterIP',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  type: ClusterIP
        ^^^^^^^^^ service-type-contradiction
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-   type: ClusterIP
+   type: LoadBalancer
`,
  },
  {
    id: 'ali-reuse-no-force',
    title: 'a reused balancer whose listeners are left as they are',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id: "lb-bp1f0mr9mn2kd0qvdc1ab"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-force-override-listeners: "true"
`,
  },
  {
    id: 'ali-nlb-session',
    title: 'an NLB has no persistence',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-zone-maps: "cn-hangzhou-j:vsw-1111111111,cn-hangzhou-k:vsw-2222222222"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-other-controller
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  loadBalancerClass: alibabacloud.com/nlb
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
`,
  },
  {
    id: 'ali-nlb-flag-true',
    title: 'true is not on',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-zone-maps: "cn-hangzhou-j:vsw-1111111111,cn-hangzhou-k:vsw-2222222222"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "sch"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-preserve-client-ip: "true"
                                                                              ^^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  loadBalancerClass: alibabacloud.com/nlb
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-preserve-client-ip: "true"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-preserve-client-ip: "on"
`,
  },
  {
    id: 'ali-foreign-class',
    title: 'a class of somebody else',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-other-controller
spec:
  type: LoadBalancer
  loadBalancerClass: io.cilium/bgp-control-plane
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-   annotations:
-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
`,
  },
  {
    id: 'ali-affinity-l7',
    title: 'behind HTTP all come from the balancer',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "ecs"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-collapsed
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-   sessionAffinity: ClientIP
`,
  },
  {
    id: 'ali-affinity-eni',
    title: 'the balancer sends straight to pods',
    severities: ['hint'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-bypassed
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-   sessionAffinity: ClientIP
`,
  },
  {
    id: 'ali-leg-missing-node',
    title: 'nothing pins a client on its node',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
                                                                               ^^^^^^ persistence-ends-at-node
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "wrr"
    service.beta.kubernetes.io/backend-type: "ecs"
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `+   sessionAffinity: ClientIP
+   sessionAffinityConfig:
+     clientIP:
+       timeoutSeconds: 1800
`,
  },
  {
    id: 'ali-leg-missing-lb',
    title: 'nothing keeps a client on its node',
    severities: ['information'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type: "intranet"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "wrr"
    service.beta.kubernetes.io/backend-type: "ecs"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-per-node
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "3600"
`,
  },
  {
    id: 'ali-cluster-policy',
    title: 'both legs, and any node: sticky all the same, so not a word',
    severities: [],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "ecs"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 1800
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
  },
  {
    id: 'ali-local-wrr',
    title: 'Local, and rr by default',
    severities: ['hint'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "ecs"
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  ^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 1800
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "wrr"
`,
  },
  {
    id: 'ali-timeout-mismatch',
    title: 'half an hour and three hours',
    severities: ['hint'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "wrr"
    service.beta.kubernetes.io/backend-type: "ecs"
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 10800
                      ^^^^^ timeouts-disagree
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-       timeoutSeconds: 10800
+       timeoutSeconds: 1800
`,
  },
  {
    id: 'ali-wlc-persist',
    title: 'least connections beside persistence',
    severities: ['hint'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "wlc"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
  },
  {
    id: 'ali-sch-l7',
    title: 'a hash of the address on HTTP',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "sch"
                                                                     ^^^^^ annotation-wrong-layer
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
  },
  {
    id: 'ali-spec-clcu',
    title: 'a size without the way of billing that knows sizes',
    severities: ['hint'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec: "slb.s2.small"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec: "slb.s2.small"
`,
  },
  {
    id: 'ali-legacy-prefix',
    title: 'the prefix of old',
    severities: ['hint'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alicloud-loadbalancer-persistence-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-outdated
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alicloud-loadbalancer-persistence-timeout: "1800"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
`,
  },
  {
    id: 'ali-legacy-prefix',
    title: 'both prefixes, of which one counts',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/alicloud-loadbalancer-persistence-timeout: "600"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-outdated
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alicloud-loadbalancer-persistence-timeout: "600"
`,
  },
  {
    id: 'ali-empty-new-key',
    title: 'an empty key hides the older one',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: ""
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-outdated
    service.beta.kubernetes.io/alicloud-loadbalancer-persistence-timeout: "600"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: ""
-     service.beta.kubernetes.io/alicloud-loadbalancer-persistence-timeout: "600"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "600"
`,
  },
  {
    id: 'ali-unknown-key',
    title: 'a slip of the finger',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistance-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-unknown-key
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistance-timeout: "1800"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
`,
  },
  {
    id: 'ali-unknown-key',
    title: 'the name in the prose of the guide',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-time: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-unknown-key
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-time: "1800"
+     service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
`,
  },
  {
    id: 'k8s-affinity-in-selector',
    title: 'affinity under the selector',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
spec:
  type: LoadBalancer
  selector:
    app: mall
    sessionAffinity: ClientIP
    ^^^^^^^^^^^^^^^ affinity-in-selector
    sessionAffinityConfig:
      clientIP:
        timeoutSeconds: 1800
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     sessionAffinity: ClientIP
-     sessionAffinityConfig:
-       clientIP:
-         timeoutSeconds: 1800
+   sessionAffinity: ClientIP
+   sessionAffinityConfig:
+     clientIP:
+       timeoutSeconds: 1800
`,
  },
  {
    id: 'k8s-affinity-in-selector',
    title: 'with words only it selects nothing',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
spec:
  selector:
    app: mall
    sessionAffinity: ClientIP
    ^^^^^^^^^^^^^^^ affinity-in-selector
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     sessionAffinity: ClientIP
+   sessionAffinity: ClientIP
`,
  },
  {
    id: 'k8s-affinity-flat',
    title: 'a time two levels too shallow',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
spec:
  sessionAffinity: ClientIP
  timeoutSeconds: 1800
  ^^^^^^^^^^^^^^ affinity-flattened
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-   timeoutSeconds: 1800
+   sessionAffinityConfig:
+     clientIP:
+       timeoutSeconds: 1800
`,
  },
  {
    id: 'k8s-affinity-flat',
    title: 'an empty config with siblings',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
  clientIP:
  ^^^^^^^^ affinity-flattened
    timeoutSeconds: 1800
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-   clientIP:
-     timeoutSeconds: 1800
+     clientIP:
+       timeoutSeconds: 1800
`,
  },
  {
    id: 'k8s-clusterip-fields',
    title: 'fields of a balancer',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
spec:
  type: ClusterIP
        ^^^^^^^^^ service-type-contradiction
  externalTrafficPolicy: Local
  healthCheckNodePort: 32100
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-   type: ClusterIP
+   type: LoadBalancer
`,
  },
  {
    id: 'k8s-config-without-clientip',
    title: 'a config for None',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
spec:
  sessionAffinity: None
  sessionAffinityConfig:
  ^^^^^^^^^^^^^^^^^^^^^ affinity-config-dropped
    clientIP:
      timeoutSeconds: 1800
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-   sessionAffinity: None
+   sessionAffinity: ClientIP
`,
  },
  {
    id: 'k8s-timeout-range',
    title: 'two days',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 172800
                      ^^^^^^ affinity-timeout-invalid
  selector:
    app: mall
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-       timeoutSeconds: 172800
+       timeoutSeconds: 86400
`,
  },
];
