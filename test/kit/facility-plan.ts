// A plan with two data centres and what tells of them by every way that the product has; every figure in it is invented. Knows no test.

export type FacilityAddresses = {
	readonly prometheus: number;
	readonly exporter: number;
	readonly upsd: number;
	readonly broker: number;
};

/** Addresses of 9 where a way is not tried. */
export const facilityPlan = ({
	prometheus,
	exporter,
	upsd,
	broker,
}: Partial<FacilityAddresses> = {}): string => `programme: { id: impianti, name: Prova degli impianti }
cutover: { id: notte, name: Notte, window: { start: 2025-10-21T19:00:00+02:00, end: 2025-10-22T05:00:00+02:00 } }
services:
  ris: { label: Radiologia, priority: 1, needs: [facility/ced] }
  lis: { label: Laboratorio, priority: 2 }
facilities:
  ced: { label: CED, side: old, temperature: { watch: 27, limit: 35 }, upsRuntime: { watch: 30min, bad: 10min } }
  nuovo: { label: Sede nuova, side: new }
  sala-mqtt: { label: Sala dei sensori }
  sala-ups: { label: Sala dei gruppi }
  sala-letta: { label: Sala letta }
  sala-chiesta: { label: Sala chiesta }
networks:
  dorsale: { label: Dorsale }
sources:
  prom:
    kind: prometheus-write
    label: Prometheus
    settings:
      series:
        - { name: room_celsius, label: room, subjects: { ced: facility/ced, nuovo: facility/nuovo }, measure: facility.temperature }
        - { name: room_humidity_percent, labels: { room: ced }, subject: facility/ced, measure: facility.humidity, scale: 0.01 }
  avvisi:
    kind: alertmanager
    label: Alertmanager
    settings:
      alerts:
        - { labels: { site: ced }, subject: facility/ced }
        - { label: service, subjects: { ris: service/ris, lis: service/lis } }
      alive: { alertname: Watchdog }
  chiesto:
    kind: prometheus
    label: Prometheus, chiesto
    every: 500ms
    timeout: 400ms
    settings:
      url: "http://127.0.0.1:${prometheus ?? 9}"
      queries: [{ query: 'room_celsius{room="ced"}', subject: facility/sala-chiesta, measure: facility.temperature }]
  letto:
    kind: prometheus-scrape
    label: Esportatore
    every: 500ms
    timeout: 400ms
    settings:
      url: "http://127.0.0.1:${exporter ?? 9}/metrics"
      series: [{ name: room_celsius, labels: { room: ced }, subject: facility/sala-letta, measure: facility.temperature }]
  gruppi: { kind: nut, label: UPS, every: 500ms, timeout: 400ms, settings: { facility: sala-ups, host: 127.0.0.1, port: ${upsd ?? 9}, ups: [uno] } }
  sensori:
    kind: mqtt
    label: Sensori
    every: 500ms
    timeout: 400ms
    settings:
      host: 127.0.0.1
      port: ${broker ?? 9}
      topics: [{ topic: "sala/+/temperatura", subject: facility/sala-mqtt, measure: facility.temperature, path: t }]
  spinta: { kind: push, label: Spinta }
`;
