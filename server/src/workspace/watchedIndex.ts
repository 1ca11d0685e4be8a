import type { Ingress } from '../kubernetes/ingress.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { Route } from '../kubernetes/route.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Workload } from '../kubernetes/workload.ts';
import { areSame, type Indexed, type Placed, type WorkspaceIndex } from './workspaceIndex.ts';

/** What somebody asked an index, and what it answered. */
export type Question = {
  readonly answer: Answer;
  readonly ask: (index: WorkspaceIndex) => Answer;
};

type Answer = readonly Indexed<unknown>[] | Ingress | string | boolean | undefined;

/** Whether an index answers every question as another one did. */
export function answersAsBefore(index: WorkspaceIndex, questions: readonly Question[]): boolean {
  return questions.every(({ answer, ask }) => {
    const now = ask(index);
    return now === answer || (Array.isArray(now) && Array.isArray(answer) && areSame(now, answer));
  });
}

/** An index that notes what it is asked. */
export class WatchedIndex implements WorkspaceIndex {
  readonly #index: WorkspaceIndex;
  readonly #questions: Question[];

  constructor(index: WorkspaceIndex, questions: Question[]) {
    this.#index = index;
    this.#questions = questions;
  }

  get services(): readonly Indexed<Service>[] {
    return this.#note((index) => index.services);
  }

  get routes(): readonly Indexed<Route>[] {
    return this.#note((index) => index.routes);
  }

  get policies(): readonly Indexed<Resource>[] {
    return this.#note((index) => index.policies);
  }

  get classes(): readonly Indexed<Resource>[] {
    return this.#note((index) => index.classes);
  }

  get classesKey(): string {
    return this.#note((index) => index.classesKey);
  }

  servicesSelecting(workload: Placed<Workload>): readonly Indexed<Service>[] {
    return this.#note((index) => index.servicesSelecting(workload));
  }

  workloadsOf(service: Placed<Service>): readonly Indexed<Workload>[] {
    return this.#note((index) => index.workloadsOf(service));
  }

  isScaled(name: string): boolean {
    return this.#note((index) => index.isScaled(name));
  }

  servicesBehind(ingress: Placed<Pick<Ingress, 'resource' | 'backends'>>): readonly Indexed<Service>[] {
    return this.#note((index) => index.servicesBehind(ingress));
  }

  ingressesBefore(service: Placed<Resource>): readonly Indexed<Ingress>[] {
    return this.#note((index) => index.ingressesBefore(service));
  }

  ingressesBeside(ingress: Ingress): readonly Indexed<Ingress>[] {
    return this.#note((index) => index.ingressesBeside(ingress));
  }

  comesBefore(one: Indexed<Ingress>, other: Ingress): boolean {
    return this.#note((index) => index.comesBefore(one, other));
  }

  ingressOf(resource: Resource): Ingress | undefined {
    return this.#note((index) => index.ingressOf(resource));
  }

  routesTo(service: Placed<Service>): readonly Indexed<Route>[] {
    return this.#note((index) => index.routesTo(service));
  }

  policiesFor(route: Route, service: Placed<Service>): readonly Indexed<Resource>[] {
    return this.#note((index) => index.policiesFor(route, service));
  }

  gatewayControllerOf(route: Route): string | undefined {
    return this.#note((index) => index.gatewayControllerOf(route));
  }

  controllerOfClass(name: string): string | undefined {
    return this.#note((index) => index.controllerOfClass(name));
  }

  #note<Result extends Answer>(ask: (index: WorkspaceIndex) => Result): Result {
    const answer = ask(this.#index);
    this.#questions.push({ answer, ask });
    return answer;
  }
}
