import type { RealCase } from '../../../support/cases.ts';

/** Where the mark and the id in one line would be too long. */
const VALUE_INVALID = 'annotation-value-invalid';

/** What goes wrong with the settings of products: the twenty checks worth making first, most known from a thread. */
export const PROVIDER_CASES: readonly RealCase[] = [
  {
    id: 'providers 1',
    title: 'a chart renders both fields for the value None (rocketride-org/rocketride-server#1939)',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: carts
  namespace: shop
  labels:
    app.kubernetes.io/name: carts
spec:
  type: ClusterIP
  sessionAffinity: None
  sessionAffinityConfig:
  ^^^^^^^^^^^^^^^^^^^^^ affinity-config-dropped
    clientIP:
      timeoutSeconds: 10800
  selector:
    app.kubernetes.io/name: carts
  ports:
    - name: http
      port: 8080
      targetPort: http
`,
    fix: `-   sessionAffinity: None
+   sessionAffinity: ClientIP
`,
  },
  {
    id: 'providers 1',
    title: 'only the config was copied over (appsmithorg/appsmith#41695)',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: editor
spec:
  selector:
    app: editor
  ports:
    - port: 80
      targetPort: 8080
  sessionAffinityConfig:
  ^^^^^^^^^^^^^^^^^^^^^ affinity-config-dropped
    clientIP:
      timeoutSeconds: 3600
`,
    fix: `+   sessionAffinity: ClientIP
`,
  },
  {
    id: 'providers 2',
    title: 'two days, which is more than a client can be remembered (kubernetes/kubernetes#68934)',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: chat
  labels:
    app: chat
spec:
  selector:
    app: chat
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 172800 # two days
                      ^^^^^^ affinity-timeout-invalid
  ports:
    - name: ws
      port: 8443
      protocol: TCP
`,
    fix: `-       timeoutSeconds: 172800 # two days
+       timeoutSeconds: 86400 # two days
`,
  },
  {
    id: 'providers 2',
    title: 'ten seconds, where strong affinity on Google Cloud starts at a minute',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: sip-gateway
  annotations:
    cloud.google.com/l4-rbs: "enabled"
    networking.gke.io/l4-strong-session-affinity: "enabled"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 10
  selector:
    app: sip-gateway
  ports:
    - name: sip
      port: 5060
      protocol: TCP
`,
    fix: `-       timeoutSeconds: 10
+       {}
`,
  },
  {
    id: 'providers 3',
    title: 'AWS: the balancer never comes up (kubernetes/kubernetes#13892)',
    severities: ['information'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: coder
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: nlb
    service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled: "true"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-refused-by-cloud
  selector:
    app.kubernetes.io/name: coder
  ports:
    - name: https
      port: 443
      targetPort: https
`,
    fix: `-   sessionAffinity: ClientIP
`,
  },
  {
    id: 'providers 3',
    title: 'Oracle: the sync of the balancer fails (kubernetes/ingress-nginx#10367)',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: ingress-controller
  namespace: ingress
  annotations:
    service.beta.kubernetes.io/oci-load-balancer-shape: "flexible"
    service.beta.kubernetes.io/oci-load-balancer-shape-flex-min: "10"
    service.beta.kubernetes.io/oci-load-balancer-shape-flex-max: "100"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-refused-by-cloud
  selector:
    app.kubernetes.io/component: controller
  ports:
    - name: http
      port: 80
      targetPort: http
    - name: https
      port: 443
      targetPort: https
`,
    fix: `+     oci.oraclecloud.com/loadbalancer-policy: "IP_HASH"
-   sessionAffinity: ClientIP
`,
  },
  {
    id: 'providers 3',
    title: 'Tencent: what the old controller refuses could not be checked for the managed one',
    severities: ['hint'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: lobby
  annotations:
    service.cloud.tencent.com/tke-service-config: lobby
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-refused-by-cloud
  selector:
    app: lobby
  ports:
    - name: game
      port: 7000
`,
    fix: `+     service.cloud.tencent.com/tke-service-config-auto: "true"
-   sessionAffinity: ClientIP
`,
  },
  {
    id: 'providers 4',
    title: 'the switch says true, the mode says sticky (nacos-group/nacos-k8s)',
    severities: ['warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: registry
  namespace: middleware
  annotations:
    nginx.ingress.kubernetes.io/affinity: "true"
                                          ^^^^^^ annotation-value-invalid
    nginx.ingress.kubernetes.io/session-cookie-name: "registry-route"
    nginx.ingress.kubernetes.io/proxy-body-size: 8m
spec:
  ingressClassName: nginx
  rules:
    - host: registry.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: registry
                port:
                  number: 8848
`,
    fix: `-     nginx.ingress.kubernetes.io/affinity: "true"
+     nginx.ingress.kubernetes.io/affinity: "cookie"
`,
  },
  {
    id: 'providers 4',
    title: 'a mode and a canary behaviour that do not exist',
    severities: ['warning', 'warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: board
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/affinity-mode: sticky
                                               ^^^^^^ annotation-value-invalid
    nginx.ingress.kubernetes.io/affinity-canary-behavior: enabled
                                                          ^^^^^^^ annotation-value-invalid
    nginx.ingress.kubernetes.io/session-cookie-path: /
spec:
  ingressClassName: nginx
  tls:
    - hosts: [board.example.com]
      secretName: board-tls
  rules:
    - host: board.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: board
                port:
                  name: http
`,
  },
  {
    id: 'providers 5',
    title: 'all about the cookie, and not the word that sets it (kubernetes/ingress-nginx#5944)',
    severities: ['warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: wiki
  annotations:
    cert-manager.io/cluster-issuer: letsencrypt
    nginx.ingress.kubernetes.io/affinity-mode: persistent
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
    nginx.ingress.kubernetes.io/session-cookie-name: WIKI_NODE
    nginx.ingress.kubernetes.io/session-cookie-max-age: "172800"
spec:
  ingressClassName: nginx
  rules:
    - host: wiki.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: wiki
                port:
                  number: 80
`,
    fix: `+     nginx.ingress.kubernetes.io/affinity: "cookie"
`,
  },
  {
    id: 'providers 5',
    title: 'HAProxy Ingress: a name for a cookie that nobody asked for',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: mail
  annotations:
    haproxy-ingress.github.io/session-cookie-name: MAILNODE
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
    haproxy-ingress.github.io/timeout-server: 5m
spec:
  ingressClassName: haproxy
  rules:
    - host: mail.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: mail
                port:
                  number: 8080
`,
    fix: `+     haproxy-ingress.github.io/affinity: "cookie"
`,
  },
  {
    id: 'providers 6',
    title: 'a lifetime with a unit is dropped without a trace',
    severities: ['warning', 'warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: studio
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/session-cookie-name: "studio"
    nginx.ingress.kubernetes.io/session-cookie-expires: "48h"
                                                        ^^^^^ annotation-value-invalid
    nginx.ingress.kubernetes.io/session-cookie-max-age: "1h"
                                                        ^^^^ annotation-value-invalid
spec:
  ingressClassName: nginx
  rules:
    - host: studio.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: studio
                port:
                  number: 8501
`,
    fix: `-     nginx.ingress.kubernetes.io/session-cookie-expires: "48h"
-     nginx.ingress.kubernetes.io/session-cookie-max-age: "1h"
+     nginx.ingress.kubernetes.io/session-cookie-expires: "172800"
+     nginx.ingress.kubernetes.io/session-cookie-max-age: "3600"
`,
  },
  {
    id: 'providers 7',
    title: 'the cookie’s path would be a regular expression (kubernetes/ingress-nginx#8961)',
    severities: ['warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: reports
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: /$2
    nginx.ingress.kubernetes.io/affinity: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cookie-path-not-returned
    nginx.ingress.kubernetes.io/session-cookie-name: reports
spec:
  ingressClassName: nginx
  rules:
    - host: intranet.example.com
      http:
        paths:
          - path: /reports(/|$)(.*)
            pathType: ImplementationSpecific
            backend:
              service:
                name: reports
                port:
                  number: 3000
`,
    fix: `+     nginx.ingress.kubernetes.io/session-cookie-path: "/"
`,
  },
  {
    id: 'providers 8',
    title: 'ingress-nginx: one address stands for all pods (linkerd/linkerd2#11604)',
    severities: ['warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: dashboards
  annotations:
    nginx.ingress.kubernetes.io/service-upstream: "true"
    nginx.ingress.kubernetes.io/affinity: "cookie"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
    nginx.ingress.kubernetes.io/session-cookie-name: "dash"
spec:
  ingressClassName: nginx
  rules:
    - host: dash.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: dashboards
                port:
                  number: 3000
`,
    fix: `-     nginx.ingress.kubernetes.io/service-upstream: "true"
`,
  },
  {
    id: 'providers 8',
    title: 'Traefik: nativeLB beside a cookie (traefik/traefik#10678)',
    severities: ['warning'],
    marked: `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata:
  name: signalling
  namespace: meet
spec:
  entryPoints:
    - websecure
  routes:
    - match: Host(\`meet.example.com\`)
      kind: Rule
      services:
        - name: signalling
          port: 8443
          nativeLB: true
          sticky:
            cookie:
            ^^^^^^ settings-contradict
              name: meet_node
              httpOnly: true
  tls:
    secretName: meet-tls
`,
    fix: `-           nativeLB: true
`,
  },
  {
    id: 'providers 8',
    title: 'Traefik: the same in annotations of the Service',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: signalling
  annotations:
    traefik.ingress.kubernetes.io/service.nativelb: "true"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
    traefik.ingress.kubernetes.io/service.sticky.cookie: "true"
    traefik.ingress.kubernetes.io/service.sticky.cookie.name: "meet_node"
spec:
  selector:
    app: signalling
  ports:
    - name: web
      port: 8443
`,
    fix: `-     traefik.ingress.kubernetes.io/service.nativelb: "true"
`,
  },
  {
    id: 'providers 8',
    title: 'HAProxy Ingress: to the virtual address, with a cookie',
    severities: ['warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: mail
  annotations:
    haproxy-ingress.github.io/service-upstream: "true"
    haproxy-ingress.github.io/affinity: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
spec:
  ingressClassName: haproxy
  rules:
    - host: mail.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: mail
                port:
                  number: 8080
`,
    fix: `-     haproxy-ingress.github.io/service-upstream: "true"
`,
  },
  {
    id: 'providers 8',
    title: 'F5: use-cluster-ip in annotations and in an upstream',
    severities: ['warning', 'warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: tea
  annotations:
    nginx.org/use-cluster-ip: "true"
    nginx.org/sticky-cookie-services: "serviceName=tea-svc srv_id expires=1h path=/tea"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
spec:
  ingressClassName: nginx-plus
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
---
apiVersion: k8s.nginx.org/v1
kind: VirtualServer
metadata:
  name: coffee
spec:
  host: coffee.example.com
  upstreams:
    - name: coffee
      service: coffee-svc
      port: 80
      use-cluster-ip: true
      sessionCookie:
        enable: true
        ^^^^^^ settings-contradict
        name: srv_id
        path: /
        expires: 1h
  routes:
    - path: /
      action:
        pass: coffee
`,
    fix: `-     nginx.org/use-cluster-ip: "true"
-       use-cluster-ip: true
`,
  },
  {
    id: 'providers 8',
    title: 'NGINX Gateway Fabric: a hash over one address',
    severities: ['warning'],
    marked: `apiVersion: gateway.nginx.org/v1alpha1
kind: UpstreamSettingsPolicy
metadata:
  name: stateful
  namespace: shop
spec:
  targetRefs:
    - group: core
      kind: Service
      name: carts
  loadBalancingMethod: ip_hash
  ^^^^^^^^^^^^^^^^^^^ settings-contradict
  useClusterIP: true
`,
    fix: `-   useClusterIP: true
`,
  },
  {
    id: 'providers 9',
    title: 'ingress-nginx: for other sites, and not Secure (kubernetes/ingress-nginx#4878)',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: widget
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/session-cookie-name: "widget"
    nginx.ingress.kubernetes.io/session-cookie-samesite: "None"
                                                         ^^^^^^ cookie-samesite-insecure
spec:
  ingressClassName: nginx
  rules:
    - host: widget.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: widget
                port:
                  number: 80
`,
    fix: `+     nginx.ingress.kubernetes.io/session-cookie-secure: "true"
`,
  },
  {
    id: 'providers 9',
    title: 'ingress-nginx: the conditional flag looks for the word in capitals',
    severities: ['warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: widget
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/session-cookie-samesite: "none"
    nginx.ingress.kubernetes.io/session-cookie-secure: "true"
    nginx.ingress.kubernetes.io/session-cookie-conditional-samesite-none: "true"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
spec:
  ingressClassName: nginx
  tls:
    - hosts: [widget.example.com]
      secretName: widget-tls
  rules:
    - host: widget.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: widget
                port:
                  number: 80
`,
    fix: `-     nginx.ingress.kubernetes.io/session-cookie-samesite: "none"
+     nginx.ingress.kubernetes.io/session-cookie-samesite: "None"
`,
  },
  {
    id: 'providers 9',
    title: 'Traefik: SameSite none on a Service',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: player
  annotations:
    traefik.ingress.kubernetes.io/service.sticky.cookie: "true"
    traefik.ingress.kubernetes.io/service.sticky.cookie.name: "player"
    traefik.ingress.kubernetes.io/service.sticky.cookie.samesite: "none"
                                                                  ^^^^^^ cookie-samesite-insecure
spec:
  selector:
    app: player
  ports:
    - port: 8080
`,
    fix: `+     traefik.ingress.kubernetes.io/service.sticky.cookie.secure: "true"
`,
  },
  {
    id: 'providers 9',
    title: 'F5: a VirtualServer for pages in frames (nginx/kubernetes-ingress#4001)',
    severities: ['warning'],
    marked: `apiVersion: k8s.nginx.org/v1
kind: VirtualServer
metadata:
  name: frames
spec:
  host: frames.example.com
  tls:
    secret: frames-tls
  upstreams:
    - name: frames
      service: frames
      port: 8080
      sessionCookie:
        enable: true
        name: srv_id
        path: /
        samesite: none
                  ^^^^ cookie-samesite-insecure
  routes:
    - path: /
      action:
        pass: frames
`,
    fix: `+         secure: true
`,
  },
  {
    id: 'providers 10',
    title: 'on the Ingress, where Traefik reads nothing of it (traefik/traefik#8569)',
    severities: ['warning'],
    marked: `#- k8s/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: forum
  annotations:
    traefik.ingress.kubernetes.io/router.entrypoints: websecure
    traefik.ingress.kubernetes.io/service.sticky.cookie: "true" # logins get lost
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-object
    traefik.ingress.kubernetes.io/service.sticky.cookie.name: forum
spec:
  ingressClassName: traefik
  rules:
    - host: forum.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: forum
                port:
                  number: 80
#- k8s/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: forum
spec:
  selector:
    app: forum
  ports:
    - port: 80
      targetPort: 3000
`,
    fix: `#- k8s/ingress.yaml
-     traefik.ingress.kubernetes.io/service.sticky.cookie: "true" # logins get lost
-     traefik.ingress.kubernetes.io/service.sticky.cookie.name: forum
#- k8s/service.yaml
+   annotations:
+     traefik.ingress.kubernetes.io/service.sticky.cookie: "true" # logins get lost
+     traefik.ingress.kubernetes.io/service.sticky.cookie.name: forum
`,
  },
  {
    id: 'providers 10',
    title: 'the switch alone, without the cookie (traefik/traefik#6916)',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: forum
  annotations:
    traefik.ingress.kubernetes.io/service.sticky: "true"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
spec:
  selector:
    app: forum
  ports:
    - port: 80
`,
    fix: `+     traefik.ingress.kubernetes.io/service.sticky.cookie: "true"
`,
  },
  {
    id: 'providers 10',
    title: 'a field that the cookie does not have, so the whole backend is not created (traefik/traefik#8013)',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: forum
  annotations:
    traefik.ingress.kubernetes.io/service.sticky.cookie.name: forum
    traefik.ingress.kubernetes.io/service.sticky.cookie.expires: "3600"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-unknown-key
spec:
  selector:
    app: forum
  ports:
    - port: 80
`,
  },
  {
    id: 'providers 11',
    title: 'cookie-persistence on the Ingress (haproxytech/kubernetes-ingress#461)',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: crm
  annotations:
    haproxy.org/cookie-persistence: crm-node
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-object
    haproxy.org/timeout-client: 60s
spec:
  ingressClassName: haproxy
  rules:
    - host: crm.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: crm
                port:
                  number: 8080
---
apiVersion: v1
kind: Service
metadata:
  name: crm
  labels:
    app: crm
spec:
  selector:
    app: crm
  ports:
    - port: 8080
`,
    fix: `-     haproxy.org/cookie-persistence: crm-node
+   annotations:
+     haproxy.org/cookie-persistence: crm-node
`,
  },
  {
    id: 'providers 11',
    title: 'both kinds of cookie',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: crm
  annotations:
    haproxy.org/cookie-persistence: crm-node
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
    haproxy.org/cookie-persistence-no-dynamic: crm-node
spec:
  selector:
    app: crm
  ports:
    - port: 8080
`,
    fix: `-     haproxy.org/cookie-persistence-no-dynamic: crm-node
`,
  },
  {
    id: 'providers 12',
    title: 'ALB: attributes with slips of the finger (kubernetes-sigs/aws-load-balancer-controller#895)',
    severities: ['error', 'error'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    alb.ingress.kubernetes.io/scheme: internet-facing
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/target-group-attributes: stickness.enabled=true,stickiness.lb_cokie.duration_seconds=3600
                                                       ^^^^^^^^^^^^^^^^^ annotation-unknown-key
                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-unknown-key
spec:
  ingressClassName: alb
  rules:
    - host: portal.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 80
`,
    fix: `-     alb.ingress.kubernetes.io/target-group-attributes: stickness.enabled=true,stickiness.lb_cokie.duration_seconds=3600
+     alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true,stickiness.lb_cookie.duration_seconds=3600
`,
  },
  {
    id: 'providers 12',
    title: 'ALB: an attribute without an equals sign',
    severities: ['error'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/target-group-attributes: "stickiness.enabled:true"
                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-value-invalid
spec:
  ingressClassName: alb
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 80
`,
    fix: `-     alb.ingress.kubernetes.io/target-group-attributes: "stickiness.enabled:true"
+     alb.ingress.kubernetes.io/target-group-attributes: "stickiness.enabled=true"
`,
  },
  {
    id: 'providers 12',
    title: 'ALB: the kind of stickiness that an NLB has',
    severities: ['error'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    alb.ingress.kubernetes.io/target-type: ip
    alb.ingress.kubernetes.io/target-group-attributes: stickiness.type=source_ip,stickiness.enabled=true
                                                                       ^^^^^^^^^ annotation-value-invalid
spec:
  ingressClassName: alb
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: portal
                port:
                  number: 80
`,
  },
  {
    id: 'providers 12',
    title: 'NLB: the kind of stickiness that an ALB has',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: broker
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-scheme: internal
    service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip
    service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: stickiness.type=lb_cookie,stickiness.enabled=true
                                                                                          ^^^^^^^^^ ${VALUE_INVALID}
spec:
  type: LoadBalancer
  loadBalancerClass: service.k8s.aws/nlb
  selector:
    app: broker
  ports:
    - name: mqtt
      port: 1883
`,
    fix: `-     service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: stickiness.type=lb_cookie,stickiness.enabled=true
+     service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: stickiness.type=source_ip,stickiness.enabled=true
`,
  },
  {
    id: 'providers 12',
    title: 'ALB: sticky to a node (kubernetes-sigs/aws-load-balancer-controller#1313)',
    severities: ['warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: portal
  annotations:
    alb.ingress.kubernetes.io/scheme: internet-facing
    alb.ingress.kubernetes.io/target-type: instance
    alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true,stickiness.lb_cookie.duration_seconds=3600
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
                name: portal
                port:
                  number: 80
`,
    fix: `-     alb.ingress.kubernetes.io/target-type: instance
+     alb.ingress.kubernetes.io/target-type: "ip"
`,
  },
  {
    id: 'providers 12',
    title: 'the in-tree controller knows no stickiness',
    severities: ['information'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: broker
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: nlb
    service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: stickiness.enabled=true,stickiness.type=source_ip
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
spec:
  type: LoadBalancer
  selector:
    app: broker
  ports:
    - name: mqtt
      port: 1883
`,
    fix: `-     service.beta.kubernetes.io/aws-load-balancer-type: nlb
+     service.beta.kubernetes.io/aws-load-balancer-type: "external"
+     service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: "ip"
`,
  },
  {
    id: 'providers 13',
    title:
      'DigitalOcean: cookies without a name and a lifetime (digitalocean/digitalocean-cloud-controller-manager#166)',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: storefront
  annotations:
    service.beta.kubernetes.io/do-loadbalancer-name: storefront
    service.beta.kubernetes.io/do-loadbalancer-type: REGIONAL
    service.beta.kubernetes.io/do-loadbalancer-protocol: http
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: cookies
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: storefront
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `+     service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: "3600"
+     service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-name: "lb-session"
`,
  },
  {
    id: 'providers 13',
    title: 'DigitalOcean: a lifetime with a unit, and cookie for cookies',
    severities: ['warning', 'error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: storefront
  annotations:
    service.beta.kubernetes.io/do-loadbalancer-type: REGIONAL
    service.beta.kubernetes.io/do-loadbalancer-protocol: http
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: cookie
                                                                     ^^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-name: lb-node
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: 5m
                                                                           ^^ annotation-value-invalid
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: storefront
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: cookie
+     service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: "cookies"
-     service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: 5m
+     service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: "300"
`,
  },
  {
    id: 'providers 13',
    title: 'DigitalOcean: cookies on TCP, with no type (digitalocean/digitalocean-cloud-controller-manager#233)',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: storefront
  annotations:
    service.beta.kubernetes.io/do-loadbalancer-protocol: tcp
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: cookies
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-layer
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-name: lb-node
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: "300"
spec:
  type: LoadBalancer
  selector:
    app: storefront
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `-     service.beta.kubernetes.io/do-loadbalancer-protocol: tcp
+     service.beta.kubernetes.io/do-loadbalancer-protocol: "http"
+     service.beta.kubernetes.io/do-loadbalancer-type: "REGIONAL"
`,
  },
  {
    id: 'providers 13',
    title: 'DigitalOcean: HTTP, but of a node any pod answers',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: storefront
  annotations:
    service.beta.kubernetes.io/do-loadbalancer-type: REGIONAL
    service.beta.kubernetes.io/do-loadbalancer-protocol: http
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: cookies
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-name: lb-node
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: "300"
spec:
  type: LoadBalancer
  selector:
    app: storefront
  ports:
    - name: http
      port: 80
      targetPort: 8080
`,
    fix: `+   externalTrafficPolicy: Local
`,
  },
  {
    id: 'providers 14',
    title: 'Vultr: true is not on',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: arcade
  annotations:
    service.beta.kubernetes.io/vultr-loadbalancer-protocol: "http"
    service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-enabled: "true"
                                                                          ^^^^^^ annotation-value-invalid
    service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-cookie-name: "arcade"
spec:
  type: LoadBalancer
  selector:
    app: arcade
  ports:
    - name: http
      port: 80
`,
    fix: `-     service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-enabled: "true"
+     service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-enabled: "on"
`,
  },
  {
    id: 'providers 14',
    title: 'Vultr: on, and no name for the cookie',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: arcade
  annotations:
    service.beta.kubernetes.io/vultr-loadbalancer-protocol: "http"
    service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-enabled: "on"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
spec:
  type: LoadBalancer
  selector:
    app: arcade
  ports:
    - name: http
      port: 80
`,
    fix: `+     service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-cookie-name: "lb-session"
`,
  },
  {
    id: 'providers 15',
    title: 'Scaleway: a cookie without a name, and a word of another cloud',
    severities: ['error', 'error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: blog
  annotations:
    service.beta.kubernetes.io/scw-loadbalancer-zone: fr-par-1
    service.beta.kubernetes.io/scw-loadbalancer-protocol-http: "true"
    service.beta.kubernetes.io/scw-loadbalancer-sticky-sessions: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
spec:
  type: LoadBalancer
  selector:
    app: blog
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: blog-internal
  annotations:
    service.beta.kubernetes.io/scw-loadbalancer-zone: fr-par-1
    service.beta.kubernetes.io/scw-loadbalancer-sticky-sessions: source_ip
                                                                 ^^^^^^^^^ annotation-value-invalid
spec:
  type: LoadBalancer
  selector:
    app: blog
  ports:
    - port: 8080
`,
    fix: `+     service.beta.kubernetes.io/scw-loadbalancer-sticky-sessions-cookie-name: "lb-session"
`,
  },
  {
    id: 'providers 15',
    title: 'Linode: a cookie on plain TCP, and one for UDP',
    severities: ['warning', 'warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: forge
  annotations:
    service.beta.kubernetes.io/linode-loadbalancer-default-protocol: tcp
    service.beta.kubernetes.io/linode-loadbalancer-default-stickiness: http_cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-layer
spec:
  type: LoadBalancer
  selector:
    app: forge
  ports:
    - name: ssh
      port: 22
---
apiVersion: v1
kind: Service
metadata:
  name: voice
  annotations:
    service.beta.kubernetes.io/linode-loadbalancer-default-stickiness: table
                                                                       ^^^^^ annotation-wrong-layer
spec:
  type: LoadBalancer
  selector:
    app: voice
  ports:
    - name: voice
      port: 9987
      protocol: UDP
`,
    fix: `-     service.beta.kubernetes.io/linode-loadbalancer-default-protocol: tcp
-     service.beta.kubernetes.io/linode-loadbalancer-default-stickiness: http_cookie
+     service.beta.kubernetes.io/linode-loadbalancer-default-protocol: "http"
+     service.beta.kubernetes.io/linode-loadbalancer-default-stickiness: "http_cookie"
`,
  },
  {
    id: 'providers 16',
    title: 'Hetzner: a lifetime without a unit',
    severities: ['error'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: gitea
  annotations:
    load-balancer.hetzner.cloud/location: fsn1
    load-balancer.hetzner.cloud/use-private-ip: "true"
    load-balancer.hetzner.cloud/protocol: http
    load-balancer.hetzner.cloud/http-sticky-sessions: "true"
    load-balancer.hetzner.cloud/http-cookie-name: GITEA_NODE
    load-balancer.hetzner.cloud/http-cookie-lifetime: "300"
                                                      ^^^^^ annotation-value-invalid
spec:
  type: LoadBalancer
  selector:
    app: gitea
  ports:
    - name: http
      port: 80
`,
    fix: `-     load-balancer.hetzner.cloud/http-cookie-lifetime: "300"
+     load-balancer.hetzner.cloud/http-cookie-lifetime: "300s"
`,
  },
  {
    id: 'providers 16',
    title: 'Hetzner: cookies for a listener of TCP',
    severities: ['warning'],
    marked: `apiVersion: v1
kind: Service
metadata:
  name: gitea
  annotations:
    load-balancer.hetzner.cloud/location: fsn1
    load-balancer.hetzner.cloud/protocol: tcp
    load-balancer.hetzner.cloud/http-sticky-sessions: "true"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-layer
    load-balancer.hetzner.cloud/http-cookie-name: GITEA_NODE
spec:
  type: LoadBalancer
  selector:
    app: gitea
  ports:
    - name: http
      port: 80
`,
    fix: `-     load-balancer.hetzner.cloud/protocol: tcp
+     load-balancer.hetzner.cloud/protocol: "http"
`,
  },
  {
    id: 'providers 17',
    title: 'a BackendConfig with the field of a GCPBackendPolicy, and more than a day',
    severities: ['warning', 'error'],
    marked: `apiVersion: cloud.google.com/v1
kind: BackendConfig
metadata:
  name: planner
spec:
  timeoutSec: 40
  sessionAffinity:
    affinityType: GENERATED_COOKIE
    cookieTtlSec: 3600
    ^^^^^^^^^^^^ field-unknown-key
---
apiVersion: cloud.google.com/v1
kind: BackendConfig
metadata:
  name: planner-weekly
spec:
  sessionAffinity:
    affinityType: GENERATED_COOKIE
    affinityCookieTtlSec: 604800
                          ^^^^^^ field-value-invalid
`,
    fix: `-     cookieTtlSec: 3600
+     affinityCookieTtlSec: 3600
-     affinityCookieTtlSec: 604800
+     affinityCookieTtlSec: 86400
`,
  },
  {
    id: 'providers 17',
    title: 'a lifetime, and no cookie that could have it',
    severities: ['warning'],
    marked: `apiVersion: cloud.google.com/v1
kind: BackendConfig
metadata:
  name: planner
spec:
  timeoutSec: 40
  sessionAffinity:
    affinityType: CLIENT_IP
    affinityCookieTtlSec: 3600
    ^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
`,
    fix: `-     affinityType: CLIENT_IP
+     affinityType: GENERATED_COOKIE
`,
  },
  {
    id: 'providers 17',
    title: 'a GCPBackendPolicy with the fields of a BackendConfig',
    severities: ['warning', 'warning'],
    marked: `apiVersion: networking.gke.io/v1
kind: GCPBackendPolicy
metadata:
  name: planner
spec:
  default:
    sessionAffinity:
      affinityType: GENERATED_COOKIE
      ^^^^^^^^^^^^ field-unknown-key
      affinityCookieTtlSec: 3600
      ^^^^^^^^^^^^^^^^^^^^ field-unknown-key
  targetRef:
    group: ""
    kind: Service
    name: planner
`,
    fix: `-       affinityType: GENERATED_COOKIE
-       affinityCookieTtlSec: 3600
+       type: GENERATED_COOKIE
+       cookieTtlSec: 3600
`,
  },
  {
    id: 'providers 18',
    title: 'Permanent without a time, and settings of a cookie for a header',
    severities: ['error', 'error'],
    marked: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: agents
  namespace: ai
spec:
  parentRefs:
    - name: public
  hostnames:
    - agents.example.com
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /mcp
      backendRefs:
        - name: agents
          port: 8000
      sessionPersistence:
        sessionName: agent
        type: Cookie
        cookieConfig:
          lifetimeType: Permanent
          ^^^^^^^^^^^^ setting-companion-missing
    - backendRefs:
        - name: console
          port: 8080
      sessionPersistence:
        sessionName: x-console
        type: Header
        cookieConfig:
        ^^^^^^^^^^^^ settings-contradict
          lifetimeType: Session
`,
    fix: `+         absoluteTimeout: 24h
-         cookieConfig:
-           lifetimeType: Session
`,
  },
  {
    id: 'providers 18',
    title: 'a time that is no GEP-2257 duration',
    severities: ['error'],
    marked: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: agents
spec:
  parentRefs:
    - name: public
  rules:
    - backendRefs:
        - name: agents
          port: 8000
      sessionPersistence:
        sessionName: agent
        type: Cookie
        absoluteTimeout: 1.5h
                         ^^^^ field-value-invalid
        cookieConfig:
          lifetimeType: Permanent
`,
    fix: `-         absoluteTimeout: 1.5h
+         absoluteTimeout: 1h30m
`,
  },
  {
    id: 'providers 18',
    title: 'both shapes in one, of which no version knows both',
    severities: ['error'],
    marked: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: agents
spec:
  parentRefs:
    - name: public
  rules:
    - backendRefs:
        - name: agents
          port: 8000
      sessionPersistence:
        sessionName: agent
        ^^^^^^^^^^^ settings-contradict
        type: Cookie
        idleTimeout: 30m
        cookie:
          name: agent
`,
    fix: `-         sessionName: agent
`,
  },
  {
    id: 'providers 19',
    title: 'Kong: hashOn without the algorithm that hashes, a cookie without a path',
    severities: ['error', 'error', 'error'],
    marked: `apiVersion: configuration.konghq.com/v1beta1
kind: KongUpstreamPolicy
metadata:
  name: by-cookie
  namespace: shop
spec:
  algorithm: consistent-hashing
  hashOn:
    cookie: shop-node
    ^^^^^^ setting-companion-missing
---
apiVersion: configuration.konghq.com/v1beta1
kind: KongUpstreamPolicy
metadata:
  name: by-header
  namespace: shop
spec:
  algorithm: round-robin
  hashOn:
  ^^^^^^ setting-companion-missing
    header: X-Cart
---
apiVersion: configuration.konghq.com/v1beta1
kind: KongUpstreamPolicy
metadata:
  name: sticky
  namespace: shop
spec:
  algorithm: sticky-sessions
  stickySessions:
  ^^^^^^^^^^^^^^ setting-companion-missing
    cookie: shop-node
    cookiePath: /
`,
    fix: `+     cookiePath: /
-   algorithm: round-robin
+   algorithm: consistent-hashing
+   hashOn:
+     input: none
`,
  },
  {
    id: 'providers 19',
    title: 'Emissary: one of cookie, header and source_ip',
    severities: ['error'],
    marked: `apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: quotes
spec:
  hostname: "*"
  prefix: /quotes/
  service: quotes
  resolver: endpoint
  load_balancer:
    policy: ring_hash
    cookie:
    ^^^^^^ settings-contradict
      name: quotes-node
      ttl: 3600s
    source_ip: true
`,
    fix: `-     cookie:
-       name: quotes-node
-       ttl: 3600s
`,
  },
  {
    id: 'providers 19',
    title: 'Istio: a table that is no prime, and two keys at once',
    severities: ['error', 'error'],
    marked: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ratings
spec:
  host: ratings.prod.svc.cluster.local
  trafficPolicy:
    loadBalancer:
      consistentHash:
        httpHeaderName: x-user
        ^^^^^^^^^^^^^^ settings-contradict
        useSourceIp: true
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: details
spec:
  host: details.prod.svc.cluster.local
  trafficPolicy:
    loadBalancer:
      consistentHash:
        useSourceIp: true
        maglev:
          tableSize: 65536
                     ^^^^^ field-value-invalid
`,
    fix: `-         httpHeaderName: x-user
`,
  },
  {
    id: 'providers 19',
    title: 'Envoy Gateway: a cookie without its fields',
    severities: ['error'],
    marked: `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: carts
  namespace: shop
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: carts
  loadBalancer:
    type: ConsistentHash
    consistentHash:
      type: Cookie
      ^^^^ setting-companion-missing
`,
    fix: `+       cookie:
+         name: route
+         ttl: 1h
`,
  },
  {
    id: 'providers 20',
    title: 'keys of ingress-nginx for F5’s controller (nginx/kubernetes-ingress#1191)',
    severities: ['warning'],
    marked: `#- classes.yaml
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: public
spec:
  controller: nginx.org/ingress-controller
#- ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: helpdesk
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-other-controller
    nginx.ingress.kubernetes.io/session-cookie-name: "helpdesk"
spec:
  ingressClassName: public
  rules:
    - host: helpdesk.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: helpdesk
                port:
                  number: 80
`,
    fix: `#- ingress.yaml
-   annotations:
-     nginx.ingress.kubernetes.io/affinity: "cookie"
-     nginx.ingress.kubernetes.io/session-cookie-name: "helpdesk"
`,
  },
  {
    id: 'providers 20',
    title: 'keys of ingress-nginx for Google’s class (kubernetes/ingress-gce#516)',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: helpdesk
  annotations:
    kubernetes.io/ingress.class: gce
    nginx.ingress.kubernetes.io/affinity: "cookie"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-other-controller
spec:
  rules:
    - host: helpdesk.example.com
      http:
        paths:
          - path: /*
            pathType: ImplementationSpecific
            backend:
              service:
                name: helpdesk
                port:
                  number: 80
`,
    fix: `-     nginx.ingress.kubernetes.io/affinity: "cookie"
`,
  },
  {
    id: 'providers 20',
    title: 'keys of ingress-nginx for HAProxy’s class (jcmoraisjr/haproxy-ingress#344)',
    severities: ['information'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: helpdesk
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-other-controller
    haproxy-ingress.github.io/timeout-server: 5m
spec:
  ingressClassName: haproxy
  rules:
    - host: helpdesk.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: helpdesk
                port:
                  number: 80
`,
    fix: `-     nginx.ingress.kubernetes.io/affinity: "cookie"
`,
  },
  {
    id: 'providers 20',
    title: 'the prefix of the first years (kubernetes/ingress-nginx#2622)',
    severities: ['warning', 'warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: helpdesk
  annotations:
    ingress.kubernetes.io/affinity: "cookie"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-outdated
    ingress.kubernetes.io/session-cookie-name: "helpdesk"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-outdated
spec:
  ingressClassName: nginx
  rules:
    - host: helpdesk.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: helpdesk
                port:
                  number: 80
`,
    fix: `-     ingress.kubernetes.io/affinity: "cookie"
-     ingress.kubernetes.io/session-cookie-name: "helpdesk"
+     nginx.ingress.kubernetes.io/affinity: "cookie"
+     nginx.ingress.kubernetes.io/session-cookie-name: "helpdesk"
`,
  },
  {
    id: 'providers 20',
    title: 'a hash that went in 0.24',
    severities: ['warning'],
    marked: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: helpdesk
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/session-cookie-name: "helpdesk"
    nginx.ingress.kubernetes.io/session-cookie-hash: "sha1"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-outdated
spec:
  ingressClassName: nginx
  rules:
    - host: helpdesk.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: helpdesk
                port:
                  number: 80
`,
    fix: `-     nginx.ingress.kubernetes.io/session-cookie-hash: "sha1"
`,
  },
  {
    id: 'providers 20',
    title: 'Contour: a strategy misspelt, and one where none is read (projectcontour/contour#2004)',
    severities: ['warning', 'warning'],
    marked: `apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata:
  name: lounge
spec:
  virtualhost:
    fqdn: lounge.example.com
  routes:
    - conditions:
        - prefix: /
      loadBalancerPolicy:
        strategy: cookie
                  ^^^^^^ field-value-invalid
      services:
        - name: lounge
          port: 80
    - conditions:
        - prefix: /live
      services:
        - name: lounge-live
          port: 80
          strategy: Cookie
          ^^^^^^^^ field-unknown-key
`,
    fix: `-         strategy: cookie
+         strategy: Cookie
`,
  },
];
