export default function OverviewPage() {
  return <main>Celeriac</main>;
}
