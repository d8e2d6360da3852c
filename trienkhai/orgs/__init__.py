"""The organisation through time: units, their versions and places, posts and who holds them.

Words of this area: *unit* (đơn vị, tổ chức), *direct subordinate* (tổ chức trực thuộc), *attached body* (cơ quan tham
mưu, giúp việc), *kind* (loại hình), *sector* (khối), *post* (chức danh), *holding* (giữ chức, quyền, phụ trách, ủy
quyền), *reach* (phạm vi), *selection* (phạm vi giao: `children | grassroots | kind:K | sector:S | unit:CODE`, joined by
` + `, less ` - `).
"""
