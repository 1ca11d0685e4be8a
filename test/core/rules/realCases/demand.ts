import type { RealCase } from '../../../support/cases.ts';

/** Where the mark and the id in one line would be too long. */
const ENDS_AT_NODE = 'persistence-ends-at-node';

/** What people ask for help with, in the order in which it is worth finding. */
export const DEMAND_CASES: readonly RealCase[] = [
  {
    id: 'demand 1',
    title: 'an AWS class and keys of ingress-nginx',
    severities: ['warning'],
    marked: `#- base/class.yaml
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: internet
spec:
  controller: ingress.k8s.aws/alb
#- base/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: intranet
  annotations:
    alb.ingress.kubernetes.io/scheme: internal
    nginx.ingress.kubernetes.io/affinity: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-other-controller
    nginx.ingress.kubernetes.io/session-cookie-name: INTRANET
    nginx.ingress.kubernetes.io/session-cookie-max-age: "3600"
spec:
  ingressClassName: internet
  rules:
    - host: intranet.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: intranet
                port:
                  number: 80
`,
    fix: `#- base/ingress.yaml
-     nginx.ingress.kubernetes.io/affinity: cookie
-     nginx.ingress.kubernetes.io/session-cookie-name: INTRANET
-     nginx.ingress.kubernetes.io/session-cookie-max-age: "3600"
`,
  },
  {
    id: 'demand 1',
    title: 'keys of Traefik 1 that a chart kept (FusionAuth/charts#19)',
    severities: ['warning', 'warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: auth
  annotations:
    traefik.ingress.kubernetes.io/affinity: "true"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-outdated
    traefik.ingress.kubernetes.io/session-cookie-name: "auth"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-outdated
spec:
  selector:
    app.kubernetes.io/name: auth
  ports:
    - name: http
      port: 9011
`,
    fix: `-     traefik.ingress.kubernetes.io/affinity: "true"
-     traefik.ingress.kubernetes.io/session-cookie-name: "auth"
+     traefik.ingress.kubernetes.io/service.sticky.cookie: "true"
+     traefik.ingress.kubernetes.io/service.sticky.cookie.name: "auth"
`,
  },
  {
    id: 'demand 1',
    title: 'F5’s keys where ingress-nginx runs (kubernetes/ingress-nginx#4724)',
    severities: ['warning'],
    marked: `#- class.yaml
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: k8s.io/ingress-nginx
#- tea.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: tea
  annotations:
    nginx.org/sticky-cookie-services: "serviceName=tea-svc srv_id expires=1h path=/tea"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-other-controller
spec:
  ingressClassName: nginx
  rules:
    - host: tea.example.com
      http:
        paths:
          - path: /tea
            pathType: Prefix
            backend:
              service:
                name: tea-svc
                port:
                  number: 80
`,
    fix: `#- tea.yaml
-   annotations:
-     nginx.org/sticky-cookie-services: "serviceName=tea-svc srv_id expires=1h path=/tea"
`,
  },
  {
    id: 'demand 2',
    title: 'ClientIP behind ingress-nginx (kubernetes/ingress-nginx#11864)',
    severities: ['warning'],
    marked: `#- manifests/class.yaml
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: k8s.io/ingress-nginx
#- manifests/grafana-service.yaml
apiVersion: v1
kind: Service
metadata:
  name: grafana
  namespace: monitoring
spec:
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-bypassed
  selector:
    app.kubernetes.io/name: grafana
  ports:
    - name: service
      port: 80
      targetPort: grafana
#- manifests/grafana-ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: grafana
  namespace: monitoring
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
spec:
  ingressClassName: nginx
  rules:
    - host: grafana.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: grafana
                port:
                  name: service
`,
    fix: `#- manifests/grafana-ingress.yaml
+     nginx.ingress.kubernetes.io/affinity: "cookie"
+     nginx.ingress.kubernetes.io/affinity-mode: "persistent"
+     nginx.ingress.kubernetes.io/session-cookie-name: "route"
+     nginx.ingress.kubernetes.io/session-cookie-path: "/"
+     nginx.ingress.kubernetes.io/session-cookie-max-age: "172800"
`,
  },
  {
    id: 'demand 2',
    title: 'ClientIP behind a route of the Gateway API, whose gateway nobody names (grafana/helm-charts#3857)',
    severities: ['information'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: grafana
  namespace: monitoring
spec:
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-bypassed
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 10800
  selector:
    app.kubernetes.io/name: grafana
  ports:
    - name: service
      port: 80
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: grafana
  namespace: monitoring
spec:
  parentRefs:
    - name: shared
      namespace: gateways
  hostnames:
    - grafana.example.com
  rules:
    - backendRefs:
        - name: grafana
          port: 80
`,
    fix: `-   sessionAffinity: ClientIP
-   sessionAffinityConfig:
-     clientIP:
-       timeoutSeconds: 10800
`,
  },
  {
    id: 'demand 2',
    title: 'ClientIP behind a VirtualService and an IngressRoute',
    severities: ['warning', 'warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: console
spec:
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-bypassed
  selector:
    app: console
  ports:
    - name: http
      port: 8080
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: console
spec:
  hosts:
    - console.example.com
  gateways:
    - public
  http:
    - route:
        - destination:
            host: console
            port:
              number: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: mailer
spec:
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-bypassed
  selector:
    app: mailer
  ports:
    - name: http
      port: 8080
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata:
  name: mailer
spec:
  entryPoints:
    - web
  routes:
    - match: Host(\`mail.example.com\`)
      kind: Rule
      services:
        - name: mailer
          port: 8080
`,
    fix: `-   sessionAffinity: ClientIP
-   sessionAffinity: ClientIP
`,
  },
  {
    id: 'demand 3',
    title: 'one key for another, a word for another (kubernetes/ingress-nginx#5944, helm/charts#20615)',
    severities: ['warning', 'error'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: sheets
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/affinity-node: persistent
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-unknown-key
spec:
  ingressClassName: nginx
  rules:
    - host: sheets.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: sheets
                port:
                  number: 80
---
apiVersion: v1
kind: Service
metadata:
  name: sheets
spec:
  type: NodePort
  sessionAffinity: ClusterIP
                   ^^^^^^^^^ affinity-value-unsupported
  selector:
    app: sheets
  ports:
    - port: 80
`,
    fix: `-     nginx.ingress.kubernetes.io/affinity-node: persistent
+     nginx.ingress.kubernetes.io/affinity-mode: persistent
-   sessionAffinity: ClusterIP
+   sessionAffinity: ClientIP
`,
  },
  {
    id: 'demand 3',
    title: 'a time in words',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: sheets
spec:
  selector:
    app: sheets
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 3h
                      ^^ affinity-timeout-invalid
  ports:
    - port: 80
`,
    fix: `-       timeoutSeconds: 3h
+       timeoutSeconds: 10800
`,
  },
  {
    id: 'demand 3',
    title: 'sticky, with a y (traefik/traefik#3011)',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: sheets
  annotations:
    traefik.ingress.kubernetes.io/service.stickyness.cookie: "true"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-unknown-key
spec:
  selector:
    app: sheets
  ports:
    - port: 80
`,
    fix: `-     traefik.ingress.kubernetes.io/service.stickyness.cookie: "true"
+     traefik.ingress.kubernetes.io/service.sticky.cookie: "true"
`,
  },
  {
    id: 'demand 4',
    title: 'pass-through, of which no annotation is looked at',
    severities: ['warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: vault
  annotations:
    nginx.ingress.kubernetes.io/ssl-passthrough: "true"
    nginx.ingress.kubernetes.io/backend-protocol: HTTPS
    nginx.ingress.kubernetes.io/affinity: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
spec:
  ingressClassName: nginx
  rules:
    - host: vault.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: vault
                port:
                  number: 8200
`,
  },
  {
    id: 'demand 4',
    title: 'a hash beside a cookie (kubernetes/ingress-nginx#4043)',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: vault
  annotations:
    nginx.ingress.kubernetes.io/upstream-hash-by: $binary_remote_addr
    nginx.ingress.kubernetes.io/affinity: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
    nginx.ingress.kubernetes.io/session-cookie-name: vault
spec:
  ingressClassName: nginx
  rules:
    - host: vault.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: vault
                port:
                  number: 8200
`,
    fix: `-     nginx.ingress.kubernetes.io/upstream-hash-by: $binary_remote_addr
`,
  },
  {
    id: 'demand 4',
    title: 'ALB: two target groups by weight, and only each by itself is sticky (argoproj/argo-rollouts#3904)',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: checkout
  annotations:
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true,stickiness.lb_cookie.duration_seconds=600
    alb.ingress.kubernetes.io/actions.checkout: |
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
      {"type":"forward","forwardConfig":{"targetGroups":[
        {"serviceName":"checkout-stable","servicePort":80,"weight":90},
        {"serviceName":"checkout-canary","servicePort":80,"weight":10}]}}
spec:
  ingressClassName: alb
  rules:
    - host: checkout.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: checkout
                port:
                  name: use-annotation
`,
  },
  {
    id: 'demand 5',
    title: 'a headless Service with ClientIP (Graylog2/graylog-helm#53)',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: graylog
  labels:
    app: graylog
spec:
  clusterIP: None
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-without-virtual-ip
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 86400
  selector:
    app: graylog
  ports:
    - name: api
      port: 9000
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: graylog
spec:
  serviceName: graylog
  replicas: 2
  selector:
    matchLabels:
      app: graylog
  template:
    metadata:
      labels:
        app: graylog
    spec:
      containers:
        - name: graylog
          image: graylog/graylog:6.1
`,
    fix: `-   sessionAffinity: ClientIP
-   sessionAffinityConfig:
-     clientIP:
-       timeoutSeconds: 86400
`,
  },
  {
    id: 'demand 5',
    title: 'an alias with ClientIP (kubernetes/website#630)',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: directory
spec:
  type: ExternalName
  externalName: ldap.corp.example.com
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-without-virtual-ip
`,
    fix: `-   sessionAffinity: ClientIP
`,
  },
  {
    id: 'demand 6',
    title: 'an NLB that keeps a client on a node (kubernetes-sigs/aws-load-balancer-controller#1570)',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: sftp
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing
    service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: instance
    service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: stickiness.enabled=true,stickiness.type=source_ip
                                                                                             ^^^^ ${ENDS_AT_NODE}
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  selector:
    app: sftp
  ports:
    - name: sftp
      port: 22
`,
    fix: `+   sessionAffinity: ClientIP
`,
  },
  {
    id: 'demand 6',
    title: 'an ALB whose target type nobody wrote (kubernetes-sigs/aws-load-balancer-controller#1614)',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: learning
  annotations:
    alb.ingress.kubernetes.io/scheme: internet-facing
    alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true
                                                       ^^^^^^^^^^^^^^^^^^ setting-companion-missing
spec:
  ingressClassName: alb
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: learning
                port:
                  number: 80
`,
    fix: `+     alb.ingress.kubernetes.io/target-type: "ip"
`,
  },
  {
    id: 'demand 7',
    title: 'use-regex and no path for the cookie (kubernetes/ingress-nginx#3362)',
    severities: ['warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: tickets
  namespace: support
  annotations:
    nginx.ingress.kubernetes.io/use-regex: "true"
    nginx.ingress.kubernetes.io/affinity: "cookie"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cookie-path-not-returned
    nginx.ingress.kubernetes.io/affinity-mode: "persistent"
spec:
  ingressClassName: nginx
  rules:
    - host: tickets.example.com
      http:
        paths:
          - path: /static/.*
            pathType: ImplementationSpecific
            backend:
              service:
                name: assets
                port:
                  number: 80
          - path: /[a-z]{2}/.*
            pathType: ImplementationSpecific
            backend:
              service:
                name: tickets
                port:
                  number: 8080
`,
    fix: `+     nginx.ingress.kubernetes.io/session-cookie-path: "/"
`,
  },
  {
    id: 'demand 8',
    title: 'values that are no strings (Azure/application-gateway-kubernetes-ingress#734)',
    severities: ['error', 'error', 'error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: shop
  annotations:
    service.beta.kubernetes.io/do-loadbalancer-type: REGIONAL
    service.beta.kubernetes.io/do-loadbalancer-protocol: http
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: cookies
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-name: shop
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: 060
                                                                           ^^^ value-not-a-string
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: shop
  ports:
    - port: 80
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    appgw.ingress.kubernetes.io/cookie-based-affinity: true
                                                       ^^^^ value-not-a-string
    appgw.ingress.kubernetes.io/request-timeout: 1e3
                                                 ^^^ value-not-a-string
spec:
  ingressClassName: azure-application-gateway
  defaultBackend:
    service:
      name: shop
      port:
        number: 80
`,
    fix: `-     service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: 060
+     service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: "060"
-     appgw.ingress.kubernetes.io/cookie-based-affinity: true
-     appgw.ingress.kubernetes.io/request-timeout: 1e3
+     appgw.ingress.kubernetes.io/cookie-based-affinity: "true"
+     appgw.ingress.kubernetes.io/request-timeout: "1e3"
`,
  },
  {
    id: 'demand 8',
    title: 'on is a boolean to kubectl',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: shop
  annotations:
    service.beta.kubernetes.io/vultr-loadbalancer-protocol: http
    service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-enabled: on
                                                                          ^^ value-not-a-string
    service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-cookie-name: shop
spec:
  type: LoadBalancer
  selector:
    app: shop
  ports:
    - port: 80
`,
    fix: `-     service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-enabled: on
+     service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-enabled: "on"
`,
  },
  {
    id: 'demand 9',
    title: 'keys of ingress-nginx on a Service (nacos-group/nacos-k8s)',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: registry
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-object
    nginx.ingress.kubernetes.io/session-cookie-name: "registry"
    prometheus.io/scrape: "true"
spec:
  selector:
    app: registry
  ports:
    - name: server
      port: 8848
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: registry
spec:
  ingressClassName: nginx
  defaultBackend:
    service:
      name: registry
      port:
        number: 8848
`,
    fix: `-     nginx.ingress.kubernetes.io/affinity: "cookie"
-     nginx.ingress.kubernetes.io/session-cookie-name: "registry"
+   annotations:
+     nginx.ingress.kubernetes.io/affinity: "cookie"
+     nginx.ingress.kubernetes.io/session-cookie-name: "registry"
`,
  },
  {
    id: 'demand 9',
    title: 'a key of Alibaba’s ALB on a Service',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: registry
  annotations:
    alb.ingress.kubernetes.io/sticky-session: "true"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-object
    alb.ingress.kubernetes.io/sticky-session-type: "Insert"
spec:
  selector:
    app: registry
  ports:
    - name: server
      port: 8848
`,
    fix: `-   annotations:
-     alb.ingress.kubernetes.io/sticky-session: "true"
-     alb.ingress.kubernetes.io/sticky-session-type: "Insert"
`,
  },
  {
    id: 'demand 10',
    title: 'two Ingresses, one backend, two names for the cookie (kubernetes/ingress-nginx#14042)',
    severities: ['warning'],
    marked: `#- k8s/public.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api-public
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/session-cookie-name: PUBLIC
                                                     ^^^^^^ ingresses-disagree
    nginx.ingress.kubernetes.io/session-cookie-path: /v1
spec:
  ingressClassName: nginx
  rules:
    - host: api.example.com
      http:
        paths:
          - path: /v1
            pathType: Prefix
            backend:
              service:
                name: api
                port:
                  number: 8080
#- k8s/admin.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api-admin
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/session-cookie-name: ADMIN
    nginx.ingress.kubernetes.io/session-cookie-path: /admin
spec:
  ingressClassName: nginx
  rules:
    - host: api.example.com
      http:
        paths:
          - path: /admin
            pathType: Prefix
            backend:
              service:
                name: api
                port:
                  number: 8080
`,
  },
  {
    id: 'demand 10',
    title: 'only one of them asks for a cookie (kubernetes/ingress-nginx#4024)',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: app
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ingresses-disagree
spec:
  ingressClassName: nginx
  rules:
    - host: app.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: app
                port:
                  number: 8080
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: app-callbacks
spec:
  ingressClassName: nginx
  rules:
    - host: app.example.com
      http:
        paths:
          - path: /callbacks
            pathType: Prefix
            backend:
              service:
                name: app
                port:
                  number: 8080
`,
  },
  {
    id: 'demand 11',
    title: 'SameSite None with TLS, which may end in front (kubernetes/ingress-nginx#11163)',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: embed
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/session-cookie-name: EMBED
    nginx.ingress.kubernetes.io/session-cookie-samesite: None
                                                         ^^^^ cookie-samesite-insecure
    nginx.ingress.kubernetes.io/session-cookie-conditional-samesite-none: "true"
spec:
  ingressClassName: nginx
  tls:
    - hosts: [embed.example.com]
      secretName: embed-tls
  rules:
    - host: embed.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: embed
                port:
                  number: 80
`,
    fix: `+     nginx.ingress.kubernetes.io/session-cookie-secure: "true"
`,
  },
  {
    id: 'demand 12',
    title: 'Alibaba: switched on, and nothing of the kind of cookie',
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
    id: 'demand 12',
    title: 'Scaleway: a kind of cookie, and no name',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: mall
  annotations:
    service.beta.kubernetes.io/scw-loadbalancer-protocol-http: "true"
    service.beta.kubernetes.io/scw-loadbalancer-sticky-sessions: "cookie"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
spec:
  type: LoadBalancer
  selector:
    app: mall
  ports:
    - port: 80
`,
    fix: `+     service.beta.kubernetes.io/scw-loadbalancer-sticky-sessions-cookie-name: "lb-session"
`,
  },
  {
    id: 'demand 12',
    title: 'AWS: stickiness of the application’s cookie, and no name of it',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: mall
  annotations:
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true,stickiness.type=app_cookie
                                                                               ^^^^^^^^^^^^^^^ setting-companion-missing
spec:
  ingressClassName: alb
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: mall
                port:
                  number: 80
`,
  },
  {
    id: 'demand 13',
    title: 'a game on AWS, whose balancer never comes (Place1/wg-access-server#153)',
    severities: ['information'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: vpn
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: "nlb"
    service.beta.kubernetes.io/aws-load-balancer-backend-protocol: "tcp"
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-refused-by-cloud
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 3600
  selector:
    app: vpn
  ports:
    - name: https
      port: 443
`,
    fix: `-   sessionAffinity: ClientIP
-   sessionAffinityConfig:
-     clientIP:
-       timeoutSeconds: 3600
`,
  },
  {
    id: 'demand 13',
    title: 'the AWS Load Balancer Controller never reads it',
    severities: ['hint'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: vpn
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing
    service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-bypassed
  selector:
    app: vpn
  ports:
    - name: https
      port: 443
`,
    fix: `-   sessionAffinity: ClientIP
`,
  },
  {
    id: 'demand 14',
    title: 'each node remembers by itself (kubernetes/kubernetes#66363)',
    severities: ['information'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: sessions-db
  labels:
    app: sessions-db
spec:
  type: LoadBalancer
  externalTrafficPolicy: Cluster
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-per-node
  selector:
    app: sessions-db
  ports:
    - name: pg
      port: 5432
`,
  },
  {
    id: 'demand 15',
    title: 'a former kind, whose cookie has a lifetime of no known type (kubernetes-sigs/gateway-api#2969)',
    severities: ['error'],
    marked: `apiVersion: gateway.networking.k8s.io/v1alpha2
kind: BackendLBPolicy
metadata:
  name: carts
spec:
  targetRefs:
    - group: ""
      kind: Service
      name: carts
  sessionPersistence:
    sessionName: cart
    type: Cookie
    absoluteTimeout: 1h
    cookieConfig:
      lifetimeType: Persistent
                    ^^^^^^^^^^ field-value-invalid
`,
  },
  {
    id: 'demand 15',
    title: 'types and names that the resource does not know (istio/istio#58708)',
    severities: ['warning', 'error', 'error'],
    marked: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: carts
spec:
  parentRefs:
    - name: public
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /cart
      backendRefs:
        - name: carts
          port: 8080
      sessionPersistence:
        sessionname: cart
        ^^^^^^^^^^^ field-unknown-key
        type: cookie
              ^^^^^^ field-value-invalid
        absoluteTimeout: 3600
                         ^^^^ field-value-invalid
`,
    fix: `-         sessionname: cart
-         type: cookie
-         absoluteTimeout: 3600
+         sessionName: cart
+         type: Cookie
+         absoluteTimeout: 3600s
`,
  },
];
