// What was measured of each section: a table for each measure, whatever it measures; INDEX.measures says what its columns are.

function measureTables(report) {
  return Object.entries(INDEX.measures).map(([name, { title, columns }]) => {
    const section = ({ section_id }) => report.sections[report.place.get(section_id)];
    return table({
      caption: title[language],
      columns: [
        { name: "section_id", label: t("section") },
        { name: "heading", label: t("heading"), class: "wide", value: (row) => sectionName(section(row)), show: (row) => link(toSection(report.id, row.section_id), chinese(sectionName(section(row)))) },
        ...columns.map((column) => ({ name: column.name, label: column[language], title: column.description, number: column.decimals })),
      ],
      rows: rows(report.block.measures[name]),
      file: `${name}-${report.id}`,
    });
  });
}
